package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpClient;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How the client sends. */
final class SendingOptions {

  private static final int MOST_CONNECTIONS = 1000;

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
              + " the next message begins in the same write as the end of the one before.")
  private Pipelining pipelining = Pipelining.GROUPED;

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
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw CliException.usage(
          "--connections must be from 1 to " + MOST_CONNECTIONS + ", not " + connections);
    }
    if (!(rate > 0)) {
      throw CliException.usage("--rate must be more than 0 messages a second, not " + rate);
    }
    return builder
        .rateLimit(limit -> limit.messagesPerSecond(rate))
        .pipelining(pipelining)
        .chunking(!noChunking)
        .pool(pool -> pool.maxConnections(connections));
  }

  int connections() {
    return connections;
  }

  /** As on the command line. */
  String pipelining() {
    return pipelining.name().toLowerCase(Locale.ROOT);
  }
}
