package io.github.reactivesmtp.benchmarks.clients;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The testkit's server in a JVM of its own, one for the whole comparison: a warm one for everybody.
 * It ends with this JVM, since its input does.
 */
final class EmbeddedSink implements Sink {

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final int port;

  private EmbeddedSink(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader();
    this.questions = process.outputWriter();
    this.port = (int) FlatJson.parse(answer()).number("port", 0);
  }

  /**
   * Starts it; it listens when this returns.
   *
   * @param log for what it says of errors
   */
  static EmbeddedSink start(List<String> jvmOptions, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jvm.java());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), SinkMain.class.getName()));
    Files.createDirectories(log.toAbsolutePath().getParent());
    return new EmbeddedSink(new ProcessBuilder(command).redirectError(log.toFile()).start());
  }

  /** Forgets what it holds; from now on its digest is of this. */
  void expect(Peer.Content content) throws IOException {
    ask(content.name());
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  @Override
  public SinkStats stats() throws IOException {
    return SinkStats.of(ask("stats"));
  }

  private String ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return answer();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the sink has ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
