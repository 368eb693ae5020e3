package io.github.reactivesmtp.client;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  public TlsDetails {
    certificates = List.copyOf(certificates);
  }

  /** Whether the certificate is good: trusted, not expired, and for the server's name. */
  public boolean isVerified() {
    return distrust == null;
  }

  /** The host names and IP addresses that a certificate is for; empty if there are none. */
  public static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream().map(TlsDetails::hostName).flatMap(Optional::stream).toList();
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /** RFC 5280 §4.2.1.6: the kind of name, and the name. */
  private static Optional<String> hostName(List<?> alternative) {
    String name = String.valueOf(alternative.get(1));
    if (alternative.get(0).equals(DNS_NAME)) {
      return Optional.of(name);
    }
    return alternative.get(0).equals(IP_ADDRESS)
        ? Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(name))
            .map(NetUtil::toAddressString)
        : Optional.empty();
  }
}
