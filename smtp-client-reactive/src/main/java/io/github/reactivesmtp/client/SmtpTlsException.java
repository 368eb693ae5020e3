package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * TLS is not to be had as it was asked for: not offered, refused, or with a certificate that is not
 * good. Nothing was said in clear instead.
 */
public class SmtpTlsException extends SmtpConfigurationException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and the reason. */
  public SmtpTlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
