package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Pipelining;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a load is to be.
 *
 * @param connection where to
 * @param sending how
 * @param limit when it ends
 * @param warmup what is sent before the clock starts
 * @param octets of a message, its header included
 * @param recipients of a message
 * @param body as on the command line
 * @param envelopes what is sent
 */
record BenchSetup(
    Connection connection,
    SendingOptions sending,
    BenchLimit limit,
    BenchLimit warmup,
    int octets,
    int recipients,
    String body,
    BenchEnvelopes envelopes) {

  /** In a few words, for people. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(String.format(Locale.ROOT, "%,d octets each", octets));
    words.add(recipients == 1 ? "1 recipient" : recipients + " recipients");
    int connections = sending.connections();
    words.add(connections == 1 ? "1 connection" : "up to " + connections + " connections");
    words.add(
        sending.pipelining()
            + (sending.mode() == Pipelining.STREAMING ? ", window " + sending.window() : "")
            + (sending.chunking() ? "" : ", without chunking"));
    if (isPaced()) {
      words.add("at most " + PlotScale.label(sending.rate()) + " messages/s");
    }
    return words;
  }

  boolean isPaced() {
    return sending.rate() != Double.POSITIVE_INFINITY;
  }
}
