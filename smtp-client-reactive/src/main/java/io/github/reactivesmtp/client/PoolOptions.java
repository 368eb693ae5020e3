package io.github.reactivesmtp.client;

import java.time.Duration;

/**
 * The bounds of a client's connections and of what it holds. Immutable: each method but the
 * accessors returns a changed copy.
 *
 * @param maxConnections connections open at once, at least 1
 * @param maxIdleTime how long an idle connection is kept; shorter than the servers' usual 300 s, so
 *     that the client is the one to say QUIT
 * @param maxLifeTime how long a connection is used in all
 * @param maxPending envelopes taken but not answered, over all calls of {@code send} and {@code
 *     sendAll}; beyond it {@code send} fails at once
 */
public record PoolOptions(
    int maxConnections, Duration maxIdleTime, Duration maxLifeTime, int maxPending) {

  /** 8 connections, 30 s idle, 10 min of life, 4,096 envelopes pending. */
  public static final PoolOptions DEFAULT =
      new PoolOptions(8, Duration.ofSeconds(30), Duration.ofMinutes(10), 4096);

  /** Refuses what is not positive. */
  public PoolOptions {
    requirePositive(maxConnections, "maxConnections");
    requirePositive(maxPending, "maxPending");
    SmtpTimeouts.requirePositive(maxIdleTime, "maxIdleTime");
    SmtpTimeouts.requirePositive(maxLifeTime, "maxLifeTime");
  }

  /** With another number of connections. */
  public PoolOptions maxConnections(int connections) {
    return new PoolOptions(connections, maxIdleTime, maxLifeTime, maxPending);
  }

  /** With another idle time. */
  public PoolOptions maxIdleTime(Duration idleTime) {
    return new PoolOptions(maxConnections, idleTime, maxLifeTime, maxPending);
  }

  /** With another life time. */
  public PoolOptions maxLifeTime(Duration lifeTime) {
    return new PoolOptions(maxConnections, maxIdleTime, lifeTime, maxPending);
  }

  /** With another number of envelopes pending. */
  public PoolOptions maxPending(int pending) {
    return new PoolOptions(maxConnections, maxIdleTime, maxLifeTime, pending);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
