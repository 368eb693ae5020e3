package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * What came of a part of a load: of the warm-up, or of what is measured. Results come one at a
 * time, so nothing is locked; only what is read meanwhile is published.
 */
final class BenchResults {

  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

  private final Histogram latencies = new Histogram(1, LONGEST, 3);
  private final Tally tally = new Tally();
  private final BenchRefusals refusals = new BenchRefusals();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private long last;
  private long cpuBefore;
  private volatile long begun;
  private volatile boolean hasBegun;

  /** The first message is about to be sent. */
  void begin(long nanoTime) {
    cpuBefore = MachineFacts.cpuNanos();
    begun = nanoTime;
    last = nanoTime;
    hasBegun = true;
  }

  /**
   * Enters a result.
   *
   * @param since when its envelope was taken, by {@link System#nanoTime()}
   */
  void add(SendResult result, long since, long now) {
    Outcome outcome = result.outcome();
    tally.count(outcome);
    if (outcome == Outcome.ACCEPTED) {
      accepted.lazySet(accepted.getPlain() + 1);
    } else {
      errors.lazySet(errors.getPlain() + 1);
      refusals.add(result);
    }
    if (outcome != Outcome.NOT_SENT && outcome != Outcome.UNKNOWN) {
      latencies.recordValue(Math.min(LONGEST, now - since));
    }
    last = now;
  }

  boolean hasBegun() {
    return hasBegun;
  }

  /** How it gets on, from any thread. */
  BenchTimeline.Point at(long nanoTime) {
    return new BenchTimeline.Point(nanoTime - begun, accepted.get(), errors.get());
  }

  // What follows is for when all have come.

  /** From the first message to the last result. */
  long nanos() {
    return last - begun;
  }

  BenchTimeline.Point end() {
    return at(last);
  }

  /** CPU time that this process has used since it began, in nanoseconds. */
  long cpuNanos() {
    return hasBegun ? MachineFacts.cpuNanos() - cpuBefore : 0;
  }

  /** Of those that the server answered, in nanoseconds. */
  Histogram latencies() {
    return latencies;
  }

  Tally tally() {
    return tally;
  }

  BenchRefusals refusals() {
    return refusals;
  }
}
