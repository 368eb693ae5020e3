package io.github.reactivesmtp.client;

/**
 * How many messages may be begun in a second. It is kept by waiting before a message, so it is
 * never exceeded; a message sent again counts again. Immutable: each method but the accessors
 * returns a changed copy.
 *
 * @param messagesPerSecond over all connections together; fractions are allowed, {@link
 *     Double#POSITIVE_INFINITY} is no limit
 * @param messagesPerSecondPerConnection over each connection
 */
public record RateLimit(double messagesPerSecond, double messagesPerSecondPerConnection) {

  /** No limit. */
  public static final RateLimit NONE =
      new RateLimit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Refuses what is not positive. */
  public RateLimit {
    requirePositive(messagesPerSecond, "messagesPerSecond");
    requirePositive(messagesPerSecondPerConnection, "messagesPerSecondPerConnection");
  }

  /** With another rate over all connections. */
  public RateLimit messagesPerSecond(double rate) {
    return new RateLimit(rate, messagesPerSecondPerConnection);
  }

  /** With another rate over each connection. */
  public RateLimit messagesPerSecondPerConnection(double rate) {
    return new RateLimit(messagesPerSecond, rate);
  }

  private static void requirePositive(double rate, String name) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException(name + " must be positive, not " + rate);
    }
  }
}
