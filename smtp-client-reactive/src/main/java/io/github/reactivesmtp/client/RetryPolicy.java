package io.github.reactivesmtp.client;

import java.time.Duration;

/**
 * When to send again to recipients that were {@link Outcome#DEFERRED}. Nothing but a refusal for
 * now is retried by it, so it makes no duplicates. Immutable: each method but the accessors returns
 * a changed copy.
 *
 * @param minBackoff the wait before the first retry; doubled for each that follows
 * @param maxBackoff the longest wait
 * @param jitter by what part a wait may be shorter or longer, from 0 to 1
 * @param maxAge the age, since the envelope was taken, past which no retry is planned
 * @param maxWaiting envelopes that wait at once; what would be one more gets its result instead.
 *     Each keeps its place among {@link PoolOptions#maxPending}, of which each {@code sendAll} sets
 *     so many aside
 */
public record RetryPolicy(
    Duration minBackoff, Duration maxBackoff, double jitter, Duration maxAge, int maxWaiting) {

  /** After 1 min, then up to 15 min, jitter 0.5, for an hour, 1,000 waiting. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofMinutes(1), Duration.ofMinutes(15), 0.5, Duration.ofHours(1), 1000);

  /** Refuses what cannot be. */
  public RetryPolicy {
    SmtpTimeouts.requirePositive(minBackoff, "minBackoff");
    SmtpTimeouts.requirePositive(maxBackoff, "maxBackoff");
    SmtpTimeouts.requirePositive(maxAge, "maxAge");
    if (maxBackoff.compareTo(minBackoff) < 0) {
      throw new IllegalArgumentException(
          "maxBackoff must not be shorter than minBackoff: " + maxBackoff + " < " + minBackoff);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, not " + jitter);
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException("maxWaiting must be at least 1, not " + maxWaiting);
    }
  }

  /** With another first wait. */
  public RetryPolicy minBackoff(Duration wait) {
    return new RetryPolicy(wait, maxBackoff, jitter, maxAge, maxWaiting);
  }

  /** With another longest wait. */
  public RetryPolicy maxBackoff(Duration wait) {
    return new RetryPolicy(minBackoff, wait, jitter, maxAge, maxWaiting);
  }

  /** With another jitter. */
  public RetryPolicy jitter(double part) {
    return new RetryPolicy(minBackoff, maxBackoff, part, maxAge, maxWaiting);
  }

  /** With another age. */
  public RetryPolicy maxAge(Duration age) {
    return new RetryPolicy(minBackoff, maxBackoff, jitter, age, maxWaiting);
  }

  /** With another number of envelopes that wait. */
  public RetryPolicy maxWaiting(int envelopes) {
    return new RetryPolicy(minBackoff, maxBackoff, jitter, maxAge, envelopes);
  }
}
