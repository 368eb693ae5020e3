package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import java.util.List;

/** What a load came to, for people. */
final class BenchText {

  private BenchText() {}

  static void print(BenchSetup setup, BenchFigures figures, PrintStream out) {
    out.printf(
        "%,d messages to %s in %.1f s%s%n",
        figures.messages(),
        setup.connection(),
        figures.seconds(),
        figures.warmedUp() == 0 ? "" : ", after %,d to warm up".formatted(figures.warmedUp()));
    out.println("  " + String.join(", ", setup.words()));
    out.println();
    out.println("Outcomes");
    figures.tally().print(out);
    refusals(figures, out);
    out.println();
    out.println("Speed, of what was accepted");
    out.printf("  messages/s %,12.0f%n", figures.messagesPerSecond());
    out.printf("  MB/s       %,12.1f%n", figures.megabytesPerSecond(setup.octets()));
    out.printf(
        "  CPU        %,12.2f µs a message, of this process%n", figures.cpuMicrosPerMessage());
    out.println();
    out.println("Latency, from " + (setup.isPaced() ? "due" : "taken") + " to answered");
    for (BenchPercentile percentile : BenchPercentile.values()) {
      out.printf("  %-10s %,12.3f ms%n", percentile.label(), percentile.millis(figures));
    }
    out.println();
    out.printf("Connections opened: %,d%n", figures.connections());
    for (String note : BenchNotes.of(setup, figures)) {
      out.println("Note: " + note);
    }
  }

  private static void refusals(BenchFigures figures, PrintStream out) {
    List<BenchRefusals.Kind> kinds = figures.refusals();
    if (kinds.isEmpty()) {
      return;
    }
    out.println();
    out.println("Not accepted, an example of each kind");
    for (BenchRefusals.Kind kind : kinds) {
      out.printf("  %,12d  %s%n", kind.count(), kind.example());
    }
    if (figures.otherRefusals() > 0) {
      out.printf("  %,12d  of other kinds%n", figures.otherRefusals());
    }
  }
}
