package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpTlsException;
import org.jspecify.annotations.Nullable;

/**
 * Something came in clear between the reply to STARTTLS and the TLS handshake. Whoever is on the
 * way may have put it there to be taken for the server's word (CVE-2011-0411 seen from the client).
 */
final class InjectedOctetsException extends SmtpTlsException {

  private static final long serialVersionUID = 1L;

  InjectedOctetsException(ServerAddress server, @Nullable Throwable cause) {
    super(
        "Octets in clear followed the reply of "
            + server
            + " to STARTTLS, as if someone on the way had put them there. Nothing was sent.",
        cause);
  }
}
