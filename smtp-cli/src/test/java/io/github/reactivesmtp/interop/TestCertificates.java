package io.github.reactivesmtp.interop;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/**
 * A throw-away certificate authority, and the certificate it gave the servers of the tests: for
 * localhost, 127.0.0.1, 127.0.0.2 and ::1.
 */
public final class TestCertificates {

  private final Path directory;
  private final X509Bundle authority;

  private TestCertificates(Path directory, X509Bundle authority) {
    this.directory = directory;
    this.authority = authority;
  }

  /** Makes both and writes them as PEM files into a new directory. */
  static TestCertificates create(Path directory) throws IOException {
    X509Bundle authority;
    X509Bundle server;
    try {
      authority =
          new CertificateBuilder()
              .subject("CN=CA of the tests")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      server =
          new CertificateBuilder()
              .subject("CN=localhost")
              .addSanDnsName("localhost")
              .addSanIpAddress("127.0.0.1")
              .addSanIpAddress("127.0.0.2")
              .addSanIpAddress("::1")
              .addExtendedKeyUsageServerAuth()
              .notAfter(Instant.now().plus(Duration.ofDays(90)))
              .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException("No certificates for the test servers", e);
    }
    Files.createDirectory(directory);
    TestCertificates certificates = new TestCertificates(directory, authority);
    Files.writeString(certificates.authority(), authority.getCertificatePEM());
    Files.writeString(certificates.server(), server.getCertificatePEM());
    // Both servers read it as root, before they drop their rights.
    Files.createFile(
        certificates.serverKey(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(certificates.serverKey(), server.getPrivateKeyPEM());
    return certificates;
  }

  /** The PEM file of the authority, which a client is to trust. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** The PEM file of the servers' certificate. */
  public Path server() {
    return directory.resolve("server.pem");
  }

  Path serverKey() {
    return directory.resolve("server-key.pem");
  }

  /** The JDK's TLS, trusting the authority and nobody else. */
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
