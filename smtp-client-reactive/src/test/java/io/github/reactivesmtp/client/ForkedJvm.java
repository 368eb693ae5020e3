package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testsupport.LeakCheckedMain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own, for what must not be shared: its heap, its log. */
final class ForkedJvm {

  private ForkedJvm() {}

  /**
   * Runs a main class with this JVM's class path to its end, which must come without an error and
   * without a leaked buffer; all it printed.
   */
  static String run(String option, Class<?> main, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    option,
                    "-cp",
                    System.getProperty("java.class.path"),
                    LeakCheckedMain.class.getName(),
                    main.getName()),
                Stream.of(arguments))
            .toList();
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(output).isZero();
    return output;
  }
}
