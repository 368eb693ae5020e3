package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What one should know before trusting the figures of a load. */
final class BenchNotes {

  /** A share of all processors from which on the client is suspected to have been the limit. */
  private static final double BUSY = 0.9;

  /** A share of a rate below which it counts as missed. */
  private static final double REACHED = 0.95;

  private BenchNotes() {}

  /** A sentence or two each. */
  static List<String> of(BenchSetup setup, BenchFigures figures) {
    List<String> notes = new ArrayList<>();
    if (figures.failure() != null) {
      notes.add("It ended early: " + TextLine.sentence(figures.failure()));
    } else if (figures.interrupted()) {
      notes.add("It was interrupted.");
    }
    if (setup.warmup().equals(BenchLimit.NONE)) {
      notes.add(
          "There was no warm-up, and a JVM is slow in its first seconds: --warmup 10s gives figures"
              + " to compare.");
    }
    if (!figures.warmup().allAccepted()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Of the warm-up %,d of %,d messages were not accepted.",
              figures.warmedUp() - figures.warmup().of(Outcome.ACCEPTED),
              figures.warmedUp()));
    }
    @Nullable String fallback = fallback(setup.sending(), figures.server());
    if (fallback != null) {
      notes.add(fallback);
    }
    double busy = figures.cpuSeconds() / Math.max(1e-9, figures.seconds());
    if (busy > BUSY * MachineFacts.processors()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "This process used %.1f of %d processors: perhaps it, and not the server, was the"
                  + " limit.",
              busy,
              MachineFacts.processors()));
    }
    if (setup.isPaced()
        && figures.messages() < REACHED * setup.sending().rate() * figures.seconds()) {
      notes.add(
          "The rate was not reached. Latencies count from when a message was due, so they grow with"
              + " the arrears.");
    }
    return notes;
  }

  /** What was sent in another way than asked; null if nothing was. */
  private static @Nullable String fallback(SendingOptions sending, ServerFacts server) {
    boolean known = server.inClear() != null || server.overTls() != null;
    if (sending.mode() == Pipelining.OFF || !known) {
      return null;
    }
    Capabilities offered = server.offered();
    if (!offered.supports(Extension.PIPELINING)) {
      return "The server does not offer PIPELINING: commands were sent one at a time.";
    }
    if (sending.mode() == Pipelining.STREAMING
        && !(sending.chunking() && offered.supports(Extension.CHUNKING))) {
      return "There was no CHUNKING, which streaming needs: messages were sent as grouped.";
    }
    return null;
  }
}
