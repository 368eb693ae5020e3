package io.github.reactivesmtp.client.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When to connect again to a server that could not be reached or took nothing: after 100 ms, then
 * twice as long each time up to 5 s, with jitter so that many clients do not come back at once.
 */
final class ConnectBackoff {

  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(5);

  private final int maxFailures;
  private int failures;
  private boolean reached;
  private long lastFailure;
  private long notBefore;

  ConnectBackoff(int maxFailures) {
    this.maxFailures = maxFailures;
  }

  /** A connection was of use. */
  synchronized void worked() {
    reached = true;
    failures = 0;
  }

  /**
   * An attempt begun at {@code started} failed: no connection came about, or it was lost before it
   * was of use. Attempts that ran side by side count as one.
   *
   * @param begun whether it came so far that a message was begun: then the server is there, and the
   *     fault may be the message's
   * @return whether the server, never reached yet, has failed so often that it is given up: its
   *     name or port may be wrong, and who waits should be told
   */
  synchronized boolean failed(long started, boolean begun) {
    reached |= begun;
    long now = System.nanoTime();
    if (failures == 0 || started - lastFailure > 0) {
      long delay = Math.min(LONGEST, FIRST << Math.min(failures, 10));
      notBefore = now + delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1);
      failures++;
    }
    lastFailure = now;
    return !reached && failures >= maxFailures;
  }

  /** How long not to connect; 0 if it may be done now. */
  synchronized long waitNanos() {
    return failures == 0 ? 0 : Math.max(0, notBefore - System.nanoTime());
  }
}
