package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          nonsense                                        # nonsense
          send --server h:1                               # FILE|DIRECTORY
          send a.eml                                      # --server
          send a.eml --server h:1 --nonsense              # --nonsense
          send a.eml --server h:1 --pipelining x          # --pipelining
          send a.eml --server h:1 --bare-newlines x       # --bare-newlines
          send a.eml --server h:1 --connections x         # --connections
          send a.eml --server h:1 --connections 0         # --connections must be from 1
          send a.eml --server h:1 --max-attempts 0        # --max-attempts must be at least 1
          send a.eml --server h:1 --tls maybe             # --tls
          send a.eml --server h:1 --dsn-notify always     # --dsn-notify
          send a.eml --server h:1 --dsn-notify never,delay # --dsn-notify never stands alone
          send a.eml --server h:1 --from nobody           # --from
          send a.eml --server h:1 --to nobody             # --to
          send a.eml --server h:1 --helo a_b!             # --helo
          send a.eml --server h:0                         # port 0
          send a.eml --server h:x                         # "h:x" is no server address
          send a.eml --server h:1 --results /no/such/file # /no/such/file: there is no such file
          check                                           # say which server
          check h:1 --server h:1                          # one at a time
          check h:1 --no-such                             # --no-such
          demo --messages 0                               # --messages
          demo --size 1                                   # --size
          demo --connections 0                            # --connections
          sink --port 70000                               # port 70000
          sink --host no.such.host.invalid                # cannot listen on no.such.host.invalid
          """)
  void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
    Run run = Run.smtp(arguments.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("smtp").contains(message).doesNotContain("Exception");
  }

  @Test
  void aFolderWithoutMailIsWrongUsage(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.txt"), "no mail");
    Run run = Run.smtp("send", folder.toString(), "--server", "localhost:1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no *.eml file in").contains("nothing was sent");
  }

  @Test
  void verboseShowsTheStackTrace() {
    Run run = Run.smtp("send", "--verbose", "a.eml", "--server", "h:1", "--to", "nobody");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("\tat io.github.reactivesmtp").contains("smtp: --to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "send --help", "demo --help", "sink --help", "check --help", "send -h"})
  void helpHasExamples(String arguments) {
    Run run = Run.smtp(arguments.split(" "));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Examples:", "  smtp ");
    assertThat(Arrays.stream(run.out().split("\n"))).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "send --version"})
  void version(String arguments) {
    Run run = Run.smtp(arguments.split(" "));
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("smtp ")
        .contains("Java " + System.getProperty("java.version"));
  }

  @Test
  void withoutArgumentsItShowsTheUsage() {
    Run run = Run.smtp();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: smtp", "demo", "send", "check", "sink");
  }
}
