package io.github.reactivesmtp.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of sending, bounded by messages and by time, and what came of it. Ends early at the
 * first failure: there is nothing to measure then. Thread-safe.
 */
public final class Phase {

  /** What {@link Lane#begin} says when the phase is over. */
  public static final long OVER = -1;

  /** One that took longer is counted as this. */
  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final long started = System.nanoTime();
  private final long nanos;
  private final AtomicLong left;
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<Lane> lanes = new ArrayList<>();

  public Phase(long messages, double seconds) {
    left = new AtomicLong(messages);
    nanos = (long) (seconds * 1e9);
  }

  /** A place to count in that is not shared, such as for one connection. */
  public synchronized Lane lane() {
    Lane lane = new Lane();
    lanes.add(lane);
    return lane;
  }

  /** Something went wrong: one message has failed, and no more are begun. */
  public void fail(Throwable cause) {
    failed.incrementAndGet();
    failure.compareAndSet(null, cause);
    left.set(0);
  }

  /** Messages that the server accepted. */
  public synchronized long accepted() {
    return lanes.stream().mapToLong(lane -> lane.latencies.getTotalCount()).sum();
  }

  /** Messages that it did not, or of which nobody knows. */
  public long failed() {
    return failed.get();
  }

  /** The first reason; null if there was none. */
  public @Nullable Throwable failure() {
    return failure.get();
  }

  /** Seconds since the start. */
  public double elapsed() {
    return (System.nanoTime() - started) / 1e9;
  }

  /** From {@code begin} to {@code end} of each message, in microseconds. */
  public synchronized Histogram latencies() {
    Histogram all = histogram();
    lanes.forEach(lane -> all.add(lane.latencies));
    return all;
  }

  private static Histogram histogram() {
    return new Histogram(HIGHEST_MICROS, 3);
  }

  /** {@link #begin} may be called by any thread, {@link #end} by one after the other. */
  public final class Lane {

    private final Histogram latencies = histogram();

    private Lane() {}

    /**
     * Asks for a message to send.
     *
     * @return when it began, for {@link #end}, or {@link #OVER} if there is none
     */
    public long begin() {
      long now = System.nanoTime() - started;
      return now >= nanos || left.get() <= 0 || left.getAndDecrement() <= 0 ? OVER : now;
    }

    /** The server has accepted a message. */
    public void end(long begun) {
      long micros = (System.nanoTime() - started - begun) / 1000;
      latencies.recordValue(Math.min(micros, HIGHEST_MICROS));
    }
  }
}
