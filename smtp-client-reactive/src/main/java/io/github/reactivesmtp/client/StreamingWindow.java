package io.github.reactivesmtp.client;

/**
 * How much {@link Pipelining#STREAMING} may have under way on one connection: what was sent and has
 * no final reply yet. A larger window carries more messages a second over a distance (window /
 * round trip), and leaves more messages in doubt when the connection is lost. Immutable: each
 * method but the accessors returns a changed copy.
 *
 * @param transactions messages, at least 1
 * @param octets content of them together, at least 1; no message is begun while so much or more is
 *     under way, so the last one may exceed it
 */
public record StreamingWindow(int transactions, long octets) {

  /** 256 messages and 4 MiB of content. */
  public static final StreamingWindow DEFAULT = new StreamingWindow(256, 4L << 20);

  /** Refuses a window in which nothing could be sent. */
  public StreamingWindow {
    if (transactions < 1) {
      throw new IllegalArgumentException("transactions must be at least 1, not " + transactions);
    }
    if (octets < 1) {
      throw new IllegalArgumentException("octets must be at least 1, not " + octets);
    }
  }

  /** With another number of messages. */
  public StreamingWindow transactions(int most) {
    return new StreamingWindow(most, octets);
  }

  /** With another amount of content. */
  public StreamingWindow octets(long most) {
    return new StreamingWindow(transactions, most);
  }
}
