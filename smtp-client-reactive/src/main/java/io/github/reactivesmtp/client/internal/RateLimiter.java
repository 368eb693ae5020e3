package io.github.reactivesmtp.client.internal;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets messages begin so that no second sees more of them than it may. They may come in bursts of a
 * twentieth of that, for timers are too coarse to space thousands a second. Thread-safe.
 */
final class RateLimiter {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int BURSTS_PER_SECOND = 20;
  private static final int MOST_AT_ONCE = 1000;

  private final LongSupplier clock;

  /** When the last ones were let through, the oldest at {@link #oldest}: no window has more. */
  private final long[] taken;

  private final long window;
  private int oldest;

  /** {@code perSecond} may be infinite. */
  RateLimiter(double perSecond, LongSupplier clock) {
    this.clock = clock;
    int burst = 0;
    long span = 0;
    if (perSecond <= SECOND) { // more than one a nanosecond is no limit
      burst = (int) Math.max(1, Math.min(MOST_AT_ONCE, perSecond / BURSTS_PER_SECOND));
      double bursts = burst == 1 ? perSecond : Math.floor(perSecond / burst);
      span = (long) Math.ceil(SECOND / bursts);
    }
    taken = new long[burst];
    window = span;
    Arrays.fill(taken, clock.getAsLong() - window);
  }

  /** Lets one through if it may begin now. */
  boolean tryTake() {
    return isUnlimited() || take();
  }

  /** How long until one may begin; 0 for at once. */
  long waitNanos() {
    return isUnlimited() ? 0 : untilNext();
  }

  /** Asked first, and without the lock: most clients have no limit, and all threads ask. */
  private boolean isUnlimited() {
    return taken.length == 0;
  }

  private synchronized boolean take() {
    long now = clock.getAsLong();
    if (now - taken[oldest] < window) {
      return false;
    }
    taken[oldest] = now;
    oldest = (oldest + 1) % taken.length;
    return true;
  }

  private synchronized long untilNext() {
    return Math.max(0, taken[oldest] + window - clock.getAsLong());
  }
}
