package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.TlsDetails;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a person asks of a certificate.
 *
 * @param subject its distinguished name, perhaps empty
 * @param names the host names and addresses it is for
 */
record CertificateFacts(
    String subject, List<String> names, String issuer, Instant notBefore, Instant notAfter) {

  static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        certificate.getSubjectX500Principal().getName(),
        TlsDetails.names(certificate),
        certificate.getIssuerX500Principal().getName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** Whole days until it expires, negative after that. */
  long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, notAfter).toSeconds(), 86_400);
  }
}
