package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * Something is wrong for every envelope and will stay so, such as a server name that does not
 * resolve. Signalled as an error by {@code send} and {@code sendAll}; nothing was sent.
 */
public class SmtpConfigurationException extends SmtpException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and the reason. */
  public SmtpConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
