package io.github.reactivesmtp.client;

/** How far a message came: what the deciding reply answered, or what was waited for in vain. */
public enum SendPhase {
  /**
   * Nothing was said of it: no connection could be had, or it is not for this server; the cause of
   * the result says which.
   */
  NOT_BEGUN,

  /** MAIL, or the RSET before it. */
  MAIL,

  /** RCPT. */
  RCPT,

  /** DATA itself. */
  DATA,

  /** The content, before its end was handed to the socket. */
  CONTENT,

  /** The end of the content: the final dot, or the last chunk. */
  END_OF_CONTENT
}
