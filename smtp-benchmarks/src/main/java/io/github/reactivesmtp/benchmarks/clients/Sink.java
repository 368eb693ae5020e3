package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes the mail of one run: a process of its own, started for it and ended after
 * it, whose last words say what it holds.
 */
final class Sink implements AutoCloseable {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int TRIES = 1000;
  private static final int PAUSE_MILLIS = 20;

  private final Program program;
  private final int port;
  private final boolean embedded;

  private Sink(Program program, int port, boolean embedded) {
    this.program = program;
    this.port = port;
    this.embedded = embedded;
  }

  /**
   * Starts one, which listens when this returns.
   *
   * @param template the command, with {@code {port}} and perhaps {@code {delay}}; null for the
   *     testkit's server
   */
  static Sink start(
      @Nullable String template, List<String> jvmOptions, Peer.Content content, int delay, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    if (template == null) {
      command.add(Jvm.java());
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(SinkMain.class.getName(), String.valueOf(port), content.name()));
    } else {
      command.addAll(
          CommandPeer.words(
              template
                  .replace("{port}", String.valueOf(port))
                  .replace("{delay}", String.valueOf(delay))));
    }
    Sink sink = new Sink(Program.start(command, log), port, template == null);
    try {
      sink.awaitListening();
      return sink;
    } catch (IOException | InterruptedException e) {
      sink.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, HERE)) {
      return any.getLocalPort();
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES && program.isAlive(); i++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(HERE, port));
        return;
      } catch (IOException notYet) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    throw new IOException("the sink does not listen on port " + port + ": " + program.describe());
  }

  Endpoint endpoint() {
    return new Endpoint(HERE.getHostAddress(), port);
  }

  /**
   * Ends it.
   *
   * @throws IOException if it does not say what it holds
   */
  SinkStats end() throws IOException, InterruptedException {
    return SinkStats.of(program.end(embedded));
  }

  @Override
  public void close() {
    program.kill();
  }
}
