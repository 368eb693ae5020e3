package io.github.reactivesmtp.client;

/** How much a session says before it waits for the server's replies (RFC 2920). */
public enum Pipelining {
  /** One command at a time. */
  OFF,

  /**
   * One message a group: {@code MAIL RCPT… DATA} in one write, then the content; with CHUNKING and
   * a small body {@code MAIL RCPT… BDAT} and the content in one write. Falls back to {@link #OFF}
   * with a server that does not offer PIPELINING.
   */
  GROUPED,

  /**
   * The content of one message and the commands of the next in one write. Falls back to {@link
   * #GROUPED} with a server that refuses such a group.
   *
   * <p>Not the default: some servers close the connection on it, and then nobody can tell what
   * became of the first of the two messages.
   */
  OVERLAPPED,

  /**
   * Whole transactions back to back, {@code RSET MAIL RCPT… BDAT} and the content, without waiting,
   * as many as {@link SmtpClient.Builder#streamingWindow} allows: throughput does not depend on the
   * distance. Needs CHUNKING; falls back to {@link #GROUPED} without it.
   *
   * <p>Not the default: when a connection is lost nobody can tell what became of the messages in
   * the window whose end had left.
   */
  STREAMING
}
