package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.TlsDetails;
import io.netty.pkitesting.CertificateBuilder;
import java.io.ByteArrayInputStream;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate is shown to people before anybody has vouched for it. */
class DistrustTest {

  private static final String CONTROLS = "(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*";

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\u001b[", "\u0007\u007f"})
  void whatItSaysOfItselfForgesNoLine(String evil) throws Exception {
    X509Certificate certificate = forged(evil);
    CertificateException wrongName = new CertificateException("No name matching host found");
    CertificateException unknown =
        new CertificateException("x", new CertPathBuilderException("no path"));

    assertThat(TlsDetails.names(certificate)).singleElement().asString().contains(evil);
    assertThat(Distrust.inWords(wrongName, "host", List.of(certificate)).getMessage())
        .doesNotMatch(CONTROLS);
    assertThat(Distrust.inWords(unknown, "host", List.of(certificate)).getMessage())
        .doesNotMatch(CONTROLS);
  }

  /** Two octets of its names replaced, which nobody notices who has not checked its signature. */
  private static X509Certificate forged(String evil) throws Exception {
    byte[] octets =
        new CertificateBuilder()
            .subject("CN=name-QQ")
            .addSanDnsName("host-QQ")
            .setIsCertificateAuthority(true)
            .buildSelfSigned()
            .getCertificate()
            .getEncoded();
    String replaced = new String(octets, ISO_8859_1).replace("-QQ", "-" + evil);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(replaced.getBytes(ISO_8859_1)));
  }
}
