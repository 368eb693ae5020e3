package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClientCertificateTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"rsa2048", "ecp256", "ed25519"})
  void holdsCertificateAndKey(Algorithm algorithm) throws Exception {
    X509Bundle bundle = Certificates.client(algorithm);
    Path certificate = write("cert.pem", bundle.getCertificatePathPEM());
    Path key = write("key.pem", "# a comment\n" + bundle.getPrivateKeyPEM());

    X509KeyManager keys =
        (X509KeyManager) ClientCertificate.read(certificate, key).getKeyManagers()[0];
    assertThat(keys.getCertificateChain("client")[0]).isEqualTo(bundle.getCertificate());
    assertThat(keys.getPrivateKey("client")).isEqualTo(bundle.getKeyPair().getPrivate());
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "nonsense",
    "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----A-----END PRIVATE KEY-----",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY-----",
  })
  void saysHowAKeyMustBe(String key) throws Exception {
    X509Bundle bundle = Certificates.client(Algorithm.ecp256);
    Path certificate = write("cert.pem", bundle.getCertificatePathPEM());
    Path file = write("key.pem", key);
    assertThatThrownBy(() -> ClientCertificate.read(certificate, file))
        .isInstanceOf(CliException.class)
        .hasMessageContaining(file + " holds no key that can be used", "openssl pkcs8")
        .hasMessageNotContaining("AAAA");
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
