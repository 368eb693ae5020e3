package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** A program given on the command line, started for one run, whose last words say what it holds. */
final class CommandSink implements Sink {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int TRIES = 1000;
  private static final int PAUSE_MILLIS = 20;

  private final Program program;
  private final int port;

  private CommandSink(Program program, int port) {
    this.program = program;
    this.port = port;
  }

  /**
   * Starts one, which listens when this returns.
   *
   * @param template the command, with {@code {port}} and perhaps {@code {delay}}
   */
  static CommandSink start(String template, int delay, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    String command =
        template.replace("{port}", String.valueOf(port)).replace("{delay}", String.valueOf(delay));
    CommandSink sink = new CommandSink(Program.start(CommandPeer.words(command), log), port);
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

  @Override
  public Endpoint endpoint() {
    return new Endpoint(HERE.getHostAddress(), port);
  }

  @Override
  public SinkStats stats() throws IOException, InterruptedException {
    return SinkStats.of(program.end());
  }

  @Override
  public void close() {
    program.kill();
  }
}
