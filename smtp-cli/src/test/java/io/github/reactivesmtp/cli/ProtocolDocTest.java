package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.auth.SaslMechanism;
import io.github.reactivesmtp.codec.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** docs/protocol.md lists nothing without its test, and leaves out nothing the library knows. */
class ProtocolDocTest {

  private static final Path DOC = Path.of("..", "docs", "protocol.md");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void everyRowNamesATest() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(40).allMatch(row -> TEST.matcher(lastCell(row)).find());
  }

  @Test
  void everyTestExists() throws IOException {
    Map<String, String> sources = testSources();
    List<MatchResult> tests = rows().stream().flatMap(row -> TEST.matcher(row).results()).toList();
    assertThat(tests)
        .allSatisfy(
            test ->
                assertThat(sources.getOrDefault(test.group(1), ""))
                    .as(test.group())
                    .containsPattern("(?m)^  void " + test.group(2) + "\\("));
  }

  @Test
  void nothingKnownIsMissing() throws IOException {
    List<String> listed = rows().stream().map(ProtocolDocTest::firstCell).toList();
    assertThat(listed)
        .containsAll(Arrays.stream(Extension.values()).map(Extension::keyword).toList())
        .containsAll(
            Stream.of(
                    Credentials.password("user", "secret"),
                    Credentials.bearerToken("user", Mono.empty()),
                    Credentials.external())
                .flatMap(all -> all.mechanisms().stream())
                .map(SaslMechanism::name)
                .toList());
  }

  /** The rows of all tables, but for their heads. */
  private static List<String> rows() throws IOException {
    return Files.readAllLines(DOC).stream()
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| tests |"))
        .toList();
  }

  private static String firstCell(String row) {
    return row.substring(2, row.indexOf(" |", 2));
  }

  private static String lastCell(String row) {
    return row.substring(row.lastIndexOf("| ", row.length() - 3));
  }

  /** Class name to source, of all modules. */
  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*\\w+(Test|IT)\\.java"))
          .filter(file -> !file.toString().contains("/testkit/"))
          .collect(Collectors.toMap(ProtocolDocTest::className, ProtocolDocTest::read));
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
