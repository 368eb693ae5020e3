package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Pipelining;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How a client sends. */
record Way(Pipelining mode, Transfer transfer) {

  /** A new mode that sends BDAT at once needs to be named here, and nothing else. */
  private static final Set<Pipelining> AT_ONCE = Set.of(Pipelining.GROUPED, Pipelining.STREAMING);

  /** Every mode with every transfer it knows. */
  static List<Way> all() {
    List<Way> ways = new ArrayList<>();
    for (Pipelining mode : Pipelining.values()) {
      for (Transfer transfer : Transfer.values()) {
        if (transfer != Transfer.BDAT_AT_ONCE || AT_ONCE.contains(mode)) {
          ways.add(new Way(mode, transfer));
        }
      }
    }
    return ways;
  }

  /** Whether the messages behind have left, too, when something befalls one. */
  boolean isStreaming() {
    return mode == Pipelining.STREAMING && transfer == Transfer.BDAT_AT_ONCE;
  }

  /** Whether content must be a stream for the client not to send it at once. */
  boolean needsStream() {
    return transfer == Transfer.BDAT && AT_ONCE.contains(mode);
  }

  @Override
  public String toString() {
    return mode + " " + transfer;
  }
}
