package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.testkit.CountingSink;
import io.github.reactivesmtp.testkit.DirectorySink;
import io.github.reactivesmtp.testkit.MessageSink;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smtp sink}. */
@Command(
    name = "sink",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    description = {
      "Takes any mail and stores it, or only counts it. For tests: it accepts every sender and every"
          + " recipient, and knows no encryption.",
      "Ctrl-C ends it."
    },
    footer = {
      "",
      "Examples:",
      "  smtp sink --directory received",
      "  smtp sink --host 0.0.0.0 --port 25"
    })
final class SinkCommand implements Callable<Integer> {

  private final Console console;
  private final CountDownLatch ended = new CountDownLatch(1);

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "2525",
      description = "The port to listen on; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--directory",
      paramLabel = "D",
      description =
          "Where to store each message as NAME.eml and its envelope as NAME.envelope; without it"
              + " messages are counted only.")
  private @Nullable Path directory;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that serve the connections (default: half of the processors; who sends from the"
              + " same machine needs the others).")
  private int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  SinkCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Interruption interruption = new Interruption(ended::countDown);
    try (SmtpServer server = start()) {
      console
          .out()
          .printf(
              "Listening on %s, %s. Ctrl-C ends it.%n",
              ServerAddress.smtp(server.host(), server.port()),
              directory == null ? "counting messages" : "storing messages in " + directory);
      console.out().flush();
      awaitEnd();
      server.dropConnections();
      console
          .out()
          .printf("%,d messages over %,d connections%n", server.accepted(), server.connections());
      for (Throwable failure : server.failures()) {
        console.err().println("smtp: " + TextLine.of(failure));
      }
      return server.failures().isEmpty() ? ExitCode.SUCCESS : ExitCode.PROBLEMS;
    } finally {
      interruption.over();
    }
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      // As good as Ctrl-C.
      Thread.currentThread().interrupt();
    }
  }

  private SmtpServer start() {
    if (port < 0 || port > 65535) {
      throw CliException.usage("port " + port + " does not exist; ports go from 1 to 65535");
    }
    if (threads < 1) {
      throw CliException.usage("--threads " + threads + ": at least one has to serve");
    }
    MessageSink sink;
    try {
      sink = directory == null ? new CountingSink() : new DirectorySink(directory);
    } catch (IOException e) {
      throw CliException.usage(
          "cannot store messages in " + directory + ": " + TextLine.reason(e), e);
    }
    try {
      return SmtpServer.builder()
          .host(host)
          .port(port)
          .eventLoopThreads(threads)
          .sink(sink)
          .transcript(false)
          .start();
    } catch (Exception e) {
      sink.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String reason =
          cause instanceof UnresolvedAddressException
              ? "the name does not resolve"
              : TextLine.of(cause);
      throw CliException.usage("cannot listen on " + host + ":" + port + ": " + reason, e);
    }
  }
}
