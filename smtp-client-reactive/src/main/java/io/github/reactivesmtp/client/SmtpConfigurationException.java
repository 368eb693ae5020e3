package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * Something is wrong for every envelope and will stay so: a server name that does not resolve, or
 * one of the subclasses. Signalled as an error by {@code send} and {@code sendAll}; the envelopes
 * without a result were not sent.
 */
public class SmtpConfigurationException extends SmtpException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and the reason. */
  public SmtpConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
