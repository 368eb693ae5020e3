package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a document whose last column names the tests of each row as `Class.method`. */
final class DocumentedTests {

  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private final List<String> rows;

  private DocumentedTests(List<String> rows) {
    this.rows = rows;
  }

  /** Reads a document in docs. */
  static DocumentedTests of(String document) throws IOException {
    return new DocumentedTests(
        Files.readAllLines(Path.of("..", "docs", document)).stream()
            .filter(line -> line.startsWith("| "))
            .filter(line -> !line.startsWith("| ---") && !line.endsWith("| tests |"))
            .toList());
  }

  /** The first cell of each row, without the tables' heads. */
  List<String> firstCells() {
    return rows.stream().map(row -> row.substring(2, row.indexOf(" |", 2))).toList();
  }

  /** The rows that name no test. */
  List<String> withoutTest() {
    return rows.stream().filter(row -> !TEST.matcher(lastCell(row)).find()).toList();
  }

  /** The tests that are named and not there, in any module. */
  List<String> missing() throws IOException {
    Map<String, String> sources = sources();
    return rows.stream()
        .flatMap(row -> TEST.matcher(row).results())
        .filter(test -> !hasMethod(sources.getOrDefault(test.group(1), ""), test.group(2)))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean hasMethod(String source, String name) {
    return source.contains("\n  void " + name + "(");
  }

  private static String lastCell(String row) {
    return row.substring(row.lastIndexOf("| ", row.length() - 3));
  }

  /** Class name to source; two classes of one name are one. */
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*\\w+(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  DocumentedTests::className, DocumentedTests::read, (one, two) -> one + two));
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
