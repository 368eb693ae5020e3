package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/** How many envelopes ended how. Not thread-safe. */
final class Tally {

  private final Map<Outcome, Count> counts = new EnumMap<>(Outcome.class);

  void count(Outcome outcome) {
    counts.computeIfAbsent(outcome, first -> new Count()).number++;
  }

  long of(Outcome outcome) {
    Count count = counts.get(outcome);
    return count == null ? 0 : count.number;
  }

  long total() {
    return counts.values().stream().mapToLong(count -> count.number).sum();
  }

  boolean allAccepted() {
    return of(Outcome.ACCEPTED) == total();
  }

  /** One line for each outcome there was, with what it means. */
  void print(PrintStream out) {
    counts.forEach(
        (outcome, count) ->
            out.printf("  %-10s %,10d  %s%n", outcome, count.number, meaning(outcome)));
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

  /** Not boxed: there may be millions. */
  private static final class Count {
    private long number;
  }
}
