package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that is not a server's answer about one message: no connection, a lost one,
 * a server that breaks the protocol, a client that is disposed.
 */
public class SmtpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message that says what happened and to which server. */
  public SmtpException(String message) {
    super(message);
  }

  /** With a message that says what happened and to which server, and the reason. */
  public SmtpException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
