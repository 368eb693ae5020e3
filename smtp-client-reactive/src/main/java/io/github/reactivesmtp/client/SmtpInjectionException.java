package io.github.reactivesmtp.client;

import org.jspecify.annotations.Nullable;

/**
 * Something came in clear between the reply to STARTTLS and the TLS handshake. Whoever is on the
 * way may have put it there to be taken for the server's word (CVE-2011-0411 seen from the client).
 * Nothing was sent, in whichever {@link TlsMode}.
 */
public class SmtpInjectionException extends SmtpTlsException {

  private static final long serialVersionUID = 1L;

  /** With what happened and how it was noticed. */
  public SmtpInjectionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
