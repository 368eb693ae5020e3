package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.StreamingWindow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the client sends. */
final class SendingOptions {

  private static final int MOST_CONNECTIONS = 1000;
  private static final int LARGEST_WINDOW = 1_000_000;

  @Option(
      names = "--connections",
      paramLabel = "C",
      defaultValue = "4",
      description = "Connections at most (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--pipelining",
      paramLabel = "MODE",
      defaultValue = "grouped",
      description =
          "off: one command at a time; grouped: one message in a group (default); overlapped:"
              + " the next message begins in the same write as the end of the one before;"
              + " streaming: message after message without waiting for replies.")
  private Pipelining pipelining = Pipelining.GROUPED;

  @Option(
      names = "--window",
      paramLabel = "N",
      description =
          "Messages that streaming may have under way on a connection (default: 256). A larger"
              + " window is faster over a distance, and leaves more in doubt when the connection is"
              + " lost.")
  private @Nullable Integer window;

  @Option(
      names = "--no-chunking",
      description = "Send with DATA also where the server offers CHUNKING (BDAT).")
  private boolean noChunking;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Messages a second at most; decimals are allowed (default: no limit).")
  private double rate = Double.POSITIVE_INFINITY;

  /** Sets these options. */
  SmtpClient.Builder applyTo(SmtpClient.Builder builder) {
    return applyUnpaced(builder).rateLimit(limit -> limit.messagesPerSecond(rate));
  }

  /** Checks and sets these options, but for the rate, which the caller keeps. */
  SmtpClient.Builder applyUnpaced(SmtpClient.Builder builder) {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw CliException.usage(
          "--connections must be from 1 to " + MOST_CONNECTIONS + ", not " + connections);
    }
    if (!(rate > 0)) {
      throw CliException.usage("--rate must be more than 0 messages a second, not " + rate);
    }
    if (window != null && (window < 1 || window > LARGEST_WINDOW)) {
      throw CliException.usage("--window must be from 1 to " + LARGEST_WINDOW + ", not " + window);
    }
    if (window != null && pipelining != Pipelining.STREAMING) {
      throw CliException.usage("--window is for --pipelining streaming, not " + pipelining());
    }
    return builder
        .pipelining(pipelining)
        .streamingWindow(before -> before.transactions(window()))
        .chunking(!noChunking)
        .pool(pool -> pool.maxConnections(connections).maxPending(pending()));
  }

  /** Room for all that the windows hold, and as much again to fill them from. */
  private int pending() {
    long filled = pipelining == Pipelining.STREAMING ? 2L * window() * connections : 0;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(PoolOptions.DEFAULT.maxPending(), filled));
  }

  int connections() {
    return connections;
  }

  /** Whether it was given. */
  boolean hasWindow() {
    return window != null;
  }

  /** Messages under way on a connection while streaming. */
  int window() {
    return window == null ? StreamingWindow.DEFAULT.transactions() : window;
  }

  /** Messages a second at most; infinite without a limit. */
  double rate() {
    return rate;
  }

  boolean chunking() {
    return !noChunking;
  }

  Pipelining mode() {
    return pipelining;
  }

  /** As on the command line. */
  String pipelining() {
    return pipelining.name().toLowerCase(Locale.ROOT);
  }
}
