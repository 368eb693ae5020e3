package io.github.reactivesmtp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What README.md shows must be true: its Java compiles, the command understands its lines. */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern LONG_OPTION = Pattern.compile("--[a-z][a-z-]*");

  @TempDir private Path classes;

  static Stream<String> snippets() throws IOException {
    return blocks("java");
  }

  static Stream<String> commandLines() throws IOException {
    return blocks("sh")
        .flatMap(String::lines)
        .filter(line -> line.matches("(\\./)?smtp .*"))
        .map(line -> line.substring(line.indexOf(' ') + 1));
  }

  @Test
  void showsJavaAndCommandLines() throws IOException {
    assertThat(snippets()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(commandLines()).hasSizeGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest(name = "snippet {index}")
  @MethodSource("snippets")
  void snippetCompiles(String snippet) throws IOException {
    assertThat(compile(snippet)).isEmpty();
  }

  @Test
  void compilerFindsWhatIsWrong() throws IOException {
    assertThat(compile("new NoSuchClass();\n")).contains("NoSuchClass");
  }

  @ParameterizedTest
  @MethodSource("commandLines")
  void commandLineIsUnderstood(String line) {
    assertThat(parse(line).errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send --server localhost:25",
        "send a.eml --server localhost:25 --no-such-option",
        "send a.eml --server localhost:25 --connections many"
      })
  void commandLineIsNotUnderstood(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(ParameterException.class);
  }

  @Test
  void optionsExist() throws IOException {
    String help =
        Stream.of("demo", "send", "check", "sink", "bench")
            .map(command -> Run.smtp(command, "--help").out())
            .collect(Collectors.joining());
    List<String> named = matches(LONG_OPTION, readme()).map(MatchResult::group).toList();
    assertThat(named).isNotEmpty().allSatisfy(option -> assertThat(help).contains(option));
  }

  /** The snippet as the body of a method, its imports in front; what the compiler says of it. */
  private String compile(String snippet) throws IOException {
    String imports = lines(snippet, true);
    String statements = lines(snippet, false);
    Path source = classes.resolve("Snippet.java");
    Files.writeString(
        source,
        imports + "class Snippet { void run() throws Exception {\n" + statements + "}\n}\n");
    JavaCompiler compiler =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "these tests need a JDK");
    try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
      StringWriter messages = new StringWriter();
      List<String> options =
          List.of(
              "-proc:none",
              "-d",
              classes.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      return compiled ? "" : messages + snippet;
    }
  }

  private static String lines(String snippet, boolean imports) {
    return snippet
        .lines()
        .filter(line -> line.startsWith("import ") == imports)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Parsed and not run. */
  private static ParseResult parse(String line) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    Console console = new Console(nowhere, nowhere, false);
    List<String> words = words(line);
    Object command =
        switch (words.get(0)) {
          case "demo" -> new DemoCommand(console);
          case "send" -> new SendCommand(console);
          case "check" -> new CheckCommand(console);
          case "sink" -> new SinkCommand(console);
          case "bench" -> new BenchCommand(console);
          default -> throw new AssertionError("no such command: " + line);
        };
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
  }

  /** As a shell splits it, as far as the README goes: single quotes and nothing else. */
  private static List<String> words(String line) {
    return matches(WORD, line)
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  private static Stream<String> blocks(String language) throws IOException {
    return matches(BLOCK, readme())
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2));
  }

  private static Stream<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }
}
