package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testsupport.LeakCheckedMain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what must not be shared: its heap, its log. */
public final class ForkedJvm {

  private ForkedJvm() {}

  /**
   * Runs a main class with this JVM's class path to its end, which must come without an error and
   * without a leaked buffer; all it printed.
   */
  static String run(String option, Class<?> main, String... arguments) throws Exception {
    return run(List.of(option), main, arguments);
  }

  /** The same with several options of the JVM. */
  public static String run(List<String> options, Class<?> main, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LeakCheckedMain.class.getName(), main.getName()));
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(output).isZero();
    return output;
  }
}
