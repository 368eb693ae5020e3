package io.github.reactivesmtp.client;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake agreed on.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its IANA name
 * @param certificates the server's chain, its own first
 * @param distrust why the certificate is not good; null if it is
 */
public record TlsDetails(
    String protocol,
    String cipherSuite,
    List<X509Certificate> certificates,
    @Nullable Throwable distrust) {

  public TlsDetails {
    certificates = List.copyOf(certificates);
  }

  /** Whether the certificate is good: trusted, not expired, and for the server's name. */
  public boolean isVerified() {
    return distrust == null;
  }
}
