package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process started by the comparison, whose output is kept in files. It ends with this JVM. */
final class Program {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int SHOWN_OF_A_LOG = 2000;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroy)));
  }

  private final List<String> command;
  private final Process process;
  private final Path output;
  private final Path errors;

  private Program(List<String> command, Process process, Path output, Path errors) {
    this.command = command;
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Starts one.
   *
   * @param log where to keep its output ({@code .out}) and its errors ({@code .err})
   * @throws IOException if there is no such program
   */
  static Program start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Path output = Path.of(log + ".out");
    Path errors = Path.of(log + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    RUNNING.add(process);
    process.onExit().thenAccept(RUNNING::remove);
    return new Program(command, process, output, errors);
  }

  /**
   * What it has printed when it has ended by itself.
   *
   * @throws IOException if it does not in time; it is killed then
   */
  String await(Duration max) throws IOException, InterruptedException {
    if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new IOException("had not ended after " + max.toSeconds() + " s: " + describe());
    }
    return Files.readString(output);
  }

  /**
   * Asks it to end (SIGTERM).
   *
   * @return what it has printed
   * @throws IOException if it does not end
   */
  String end() throws IOException, InterruptedException {
    process.destroy();
    return await(GRACE);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it whatever it is doing. */
  void kill() {
    process.destroyForcibly();
  }

  /** What was started, and the last it said about its errors. */
  String describe() {
    String said;
    try {
      said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
    } catch (IOException e) {
      said = e.toString();
    }
    return String.join(" ", command)
        + "\n"
        + said.substring(Math.max(0, said.length() - SHOWN_OF_A_LOG)).strip();
  }
}
