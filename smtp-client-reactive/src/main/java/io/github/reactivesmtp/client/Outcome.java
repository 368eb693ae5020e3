package io.github.reactivesmtp.client;

/** What is known of an envelope, or of one of its recipients. */
public enum Outcome {
  /** The server took responsibility: it answered the content with 2yz. */
  ACCEPTED,

  /** The server refused for good, with 5yz. */
  REJECTED,

  /** The server refused for now, with 4yz: a later attempt may succeed. */
  DEFERRED,

  /**
   * Certainly not accepted: the end of the content never left, or the server had refused before it.
   * The client has already tried again on other connections, unless the cause is in the message
   * itself ({@link MessageRefusedException}).
   */
  NOT_SENT,

  /**
   * The end of the content left and no reply came. The server may have accepted the message or not,
   * and nobody can tell (RFC 1047). Sending it again can deliver it twice.
   */
  UNKNOWN,

  /** Of an envelope, never of a recipient: its recipients' outcomes differ. */
  PARTIAL
}
