package io.github.reactivesmtp.cli;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A throw-away authority and what it vouches for. */
final class Certificates {

  private static final X509Bundle AUTHORITY = authority();

  private Certificates() {}

  /** Of a server here, localhost and 127.0.0.1; good for 200 days. */
  static X509Bundle server(Instant end) {
    return issued(
        new CertificateBuilder()
            .ecp256()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .notBefore(end.minus(Duration.ofDays(200)))
            .notAfter(end));
  }

  static X509Bundle client(CertificateBuilder.Algorithm algorithm) {
    return issued(new CertificateBuilder().algorithm(algorithm).subject("CN=client.example"));
  }

  /** What a server shows; it asks for a client's certificate and does not insist. */
  static SslContext context(X509Bundle certificate) {
    try {
      return SslContextBuilder.forServer(certificate.toKeyManagerFactory())
          .trustManager(AUTHORITY.toTrustManagerFactory())
          .clientAuth(ClientAuth.OPTIONAL)
          .build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The authority as a PEM file. */
  static Path authority(Path folder) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), AUTHORITY.getCertificatePEM());
  }

  private static X509Bundle authority() {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=Test authority")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static X509Bundle issued(CertificateBuilder certificate) {
    try {
      return certificate.buildIssuedBy(AUTHORITY);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
