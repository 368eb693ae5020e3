package io.github.reactivesmtp.testkit.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5929 §4.1. */
class ChannelBindingTest {

  private static X509Certificate signed(Algorithm algorithm) throws Exception {
    return new CertificateBuilder()
        .subject("CN=x")
        .setIsCertificateAuthority(true)
        .algorithm(algorithm)
        .buildSelfSigned()
        .getCertificate();
  }

  @ParameterizedTest
  @CsvSource({"ecp256, SHA-256", "ecp384, SHA-384", "rsa2048, SHA-256"})
  void isTheDigestByTheHashOfTheSignature(Algorithm algorithm, String hash) throws Exception {
    X509Certificate certificate = signed(algorithm);
    assertThat(ChannelBinding.tlsServerEndPoint(certificate))
        .isEqualTo(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
  }

  @Test
  void isNotDefinedForASignatureWithoutAHash() throws Exception {
    assertThat(ChannelBinding.tlsServerEndPoint(signed(Algorithm.ed25519))).isNull();
  }
}
