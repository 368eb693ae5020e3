package io.github.reactivesmtp.client;

import java.time.Duration;

/**
 * The bounds of a client's connections and of what it holds. Immutable: each method but the
 * accessors returns a changed copy.
 *
 * @param maxConnections connections open at once, at least 1
 * @param maxIdleTime how long an idle connection is kept; shorter than the servers' usual 300 s, so
 *     that the client is the one to say QUIT
 * @param maxLifeTime how long a connection is used in all; up to a tenth less, so that those made
 *     together do not end together
 * @param maxMessagesPerConnection transactions after which a connection is not used any more;
 *     {@link Integer#MAX_VALUE} for no limit but the server's (RFC 9422)
 * @param maxPending envelopes taken but not answered, over all calls of {@code send} and {@code
 *     sendAll}; beyond it {@code send} fails at once
 * @param pendingAcquireTimeout how long envelopes wait while no connection can be had, before they
 *     end as {@link Outcome#NOT_SENT}. A server that this client has never reached is given up
 *     sooner, after {@link SmtpClient.Builder#maxAttempts} connections that did not come about
 */
public record PoolOptions(
    int maxConnections,
    Duration maxIdleTime,
    Duration maxLifeTime,
    int maxMessagesPerConnection,
    int maxPending,
    Duration pendingAcquireTimeout) {

  /**
   * 8 connections, 30 s idle, 10 min of life, any number of messages, 4,096 envelopes pending, 45 s
   * to get a connection.
   */
  public static final PoolOptions DEFAULT =
      new PoolOptions(
          8,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Integer.MAX_VALUE,
          4096,
          Duration.ofSeconds(45));

  /** Refuses what is not positive, and durations longer than a century. */
  public PoolOptions {
    requirePositive(maxConnections, "maxConnections");
    requirePositive(maxMessagesPerConnection, "maxMessagesPerConnection");
    requirePositive(maxPending, "maxPending");
    SmtpTimeouts.requirePositive(maxIdleTime, "maxIdleTime");
    SmtpTimeouts.requirePositive(maxLifeTime, "maxLifeTime");
    SmtpTimeouts.requirePositive(pendingAcquireTimeout, "pendingAcquireTimeout");
  }

  /** With another number of connections. */
  public PoolOptions maxConnections(int connections) {
    return new PoolOptions(
        connections,
        maxIdleTime,
        maxLifeTime,
        maxMessagesPerConnection,
        maxPending,
        pendingAcquireTimeout);
  }

  /** With another idle time. */
  public PoolOptions maxIdleTime(Duration idleTime) {
    return new PoolOptions(
        maxConnections,
        idleTime,
        maxLifeTime,
        maxMessagesPerConnection,
        maxPending,
        pendingAcquireTimeout);
  }

  /** With another life time. */
  public PoolOptions maxLifeTime(Duration lifeTime) {
    return new PoolOptions(
        maxConnections,
        maxIdleTime,
        lifeTime,
        maxMessagesPerConnection,
        maxPending,
        pendingAcquireTimeout);
  }

  /** With another number of messages over one connection. */
  public PoolOptions maxMessagesPerConnection(int messages) {
    return new PoolOptions(
        maxConnections, maxIdleTime, maxLifeTime, messages, maxPending, pendingAcquireTimeout);
  }

  /** With another number of envelopes pending. */
  public PoolOptions maxPending(int pending) {
    return new PoolOptions(
        maxConnections,
        maxIdleTime,
        maxLifeTime,
        maxMessagesPerConnection,
        pending,
        pendingAcquireTimeout);
  }

  /** With another time to get a connection. */
  public PoolOptions pendingAcquireTimeout(Duration timeout) {
    return new PoolOptions(
        maxConnections, maxIdleTime, maxLifeTime, maxMessagesPerConnection, maxPending, timeout);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }
}
