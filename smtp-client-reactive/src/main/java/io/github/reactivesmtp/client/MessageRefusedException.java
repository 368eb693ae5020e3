package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * The client itself did not send a message, or not to all, for a reason in the message: larger than
 * the server's limit, 8-bit content for a 7-bit server, an extension that the server does not
 * offer, a body that failed or cannot be read again. The same message to the same server meets the
 * same end, so the client does not try again.
 */
public class MessageRefusedException extends SmtpException {

  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public MessageRefusedException(String message) {
    super(message);
  }

  /** With the reason and what lies behind it. */
  public MessageRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
