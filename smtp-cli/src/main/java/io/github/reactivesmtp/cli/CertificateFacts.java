package io.github.reactivesmtp.cli;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What a person asks of a certificate.
 *
 * @param subject its distinguished name, perhaps empty
 * @param names the host names and addresses it is for
 */
record CertificateFacts(
    String subject, List<String> names, String issuer, Instant notBefore, Instant notAfter) {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        certificate.getSubjectX500Principal().getName(),
        names(certificate),
        certificate.getIssuerX500Principal().getName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** Whole days until it expires, negative after that. */
  long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, notAfter).toSeconds(), 86_400);
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null
          ? List.of()
          : alternatives.stream()
              .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      // Nobody would take it for any name.
      return List.of();
    }
  }
}
