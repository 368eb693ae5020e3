package io.github.reactivesmtp.testkit;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake settled.
 *
 * @param serverName the host the client asked for by SNI (RFC 6066 §3); null if it did not
 * @param clientCertificate null if the client gave none
 * @param serverCertificate null if the handshake went without one
 */
record TlsSession(
    @Nullable String serverName,
    @Nullable X509Certificate clientCertificate,
    @Nullable X509Certificate serverCertificate) {

  static TlsSession of(SSLSession session) {
    return new TlsSession(
        serverName(session), clientCertificate(session), first(session.getLocalCertificates()));
  }

  private static @Nullable String serverName(SSLSession session) {
    List<SNIServerName> names =
        session instanceof ExtendedSSLSession extended
            ? extended.getRequestedServerNames()
            : List.of();
    for (SNIServerName name : names) {
      if (name instanceof SNIHostName host) {
        return host.getAsciiName();
      }
    }
    return null;
  }

  private static @Nullable X509Certificate clientCertificate(SSLSession session) {
    try {
      return first(session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  private static @Nullable X509Certificate first(Certificate @Nullable [] chain) {
    return chain != null && chain.length > 0 && chain[0] instanceof X509Certificate certificate
        ? certificate
        : null;
  }
}
