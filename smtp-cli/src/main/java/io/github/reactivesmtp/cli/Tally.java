package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import java.io.PrintStream;
import java.util.Arrays;

/** How many envelopes ended how. Not thread-safe. */
final class Tally {

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final long[] counts = new long[OUTCOMES.length];

  void count(Outcome outcome) {
    counts[outcome.ordinal()]++;
  }

  long of(Outcome outcome) {
    return counts[outcome.ordinal()];
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  boolean allAccepted() {
    return of(Outcome.ACCEPTED) == total();
  }

  /** One line for each outcome there was, with what it means. */
  void print(PrintStream out) {
    for (Outcome outcome : OUTCOMES) {
      if (of(outcome) > 0) {
        out.printf("  %-10s %,10d  %s%n", outcome, of(outcome), meaning(outcome));
      }
    }
  }

  static String meaning(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> "the server took responsibility";
      case REJECTED -> "refused for good; sending it again will not help";
      case DEFERRED -> "refused for now; send it again later";
      case NOT_SENT -> "certainly not delivered; can be sent again";
      case UNKNOWN -> "delivered or not, nobody can tell; sent again it may arrive twice";
      case PARTIAL -> "its recipients have different outcomes";
    };
  }
}
