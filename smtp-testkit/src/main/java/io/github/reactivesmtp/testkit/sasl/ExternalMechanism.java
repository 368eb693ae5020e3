package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** EXTERNAL (RFC 4422 appendix A): a certificate that TLS has accepted says who it is. */
final class ExternalMechanism implements ServerMechanism {

  private final @Nullable X509Certificate certificate;

  /**
   * @param certificate the client's; null if it gave none
   */
  ExternalMechanism(@Nullable X509Certificate certificate) {
    this.certificate = certificate;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response == null) {
      return Challenge.EMPTY;
    }
    if (certificate == null) {
      return Refused.CREDENTIALS;
    }
    String actingFor = new String(response, UTF_8);
    String subject = certificate.getSubjectX500Principal().getName();
    return new Accepted(actingFor.isEmpty() ? subject : actingFor);
  }
}
