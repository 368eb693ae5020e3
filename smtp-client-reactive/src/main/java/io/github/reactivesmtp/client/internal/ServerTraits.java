package io.github.reactivesmtp.client.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the sessions of one client have learnt of its server, beyond what EHLO says. */
final class ServerTraits {

  /** One lost connection is chance; a server that hangs up on each overlapping group is not. */
  private static final int LOSSES_IN_A_ROW = 2;

  /** For how long a server that could not be had is tried after the others only. */
  private static final Duration AVOIDED = Duration.ofSeconds(30);

  private final AtomicInteger overlapsLost = new AtomicInteger();
  private volatile long avoidedUntil = System.nanoTime();

  /** Whether a group that follows another message's content is not to be tried (again). */
  boolean refusesOverlap() {
    return overlapsLost.get() >= LOSSES_IN_A_ROW;
  }

  /** The server answered such a group with 503. */
  void overlapRefused() {
    overlapsLost.set(LOSSES_IN_A_ROW);
  }

  /** The connection was lost before such a group was answered. */
  void overlapLost() {
    overlapsLost.incrementAndGet();
  }

  /** The server answered such a group. */
  void overlapWorked() {
    if (!refusesOverlap()) {
      overlapsLost.set(0);
    }
  }

  /** No connection came about, or the server said 421 before it had taken a message. */
  void unavailable() {
    avoidedUntil = System.nanoTime() + AVOIDED.toNanos();
  }

  /** Whether other servers are to be tried before this one. */
  boolean isAvoided() {
    return avoidedUntil - System.nanoTime() > 0;
  }
}
