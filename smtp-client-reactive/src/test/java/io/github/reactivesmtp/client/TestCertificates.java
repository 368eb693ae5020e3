package io.github.reactivesmtp.client;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;

/** A throw-away authority and what it vouches for, and what it doesn't. */
public final class TestCertificates {

  public static final X509Bundle AUTHORITY = authority();
  static final X509Bundle CLIENT = issued(builder("client.example"));

  private TestCertificates() {}

  /** For localhost, 127.0.0.1 and ::1. */
  public static X509Bundle good() {
    return issued(here());
  }

  static X509Bundle selfSigned() {
    try {
      return here().setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static X509Bundle wrongHost() {
    return issued(builder("other.example").addSanDnsName("other.example"));
  }

  static X509Bundle expired() {
    return issued(
        here()
            .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
            .notAfter(Instant.parse("2021-01-01T00:00:00Z")));
  }

  /**
   * What a server needs to show it; it asks for the client's certificate and takes none as well.
   */
  public static SslContext server(X509Bundle certificate) {
    try {
      return SslContextBuilder.forServer(certificate.toKeyManagerFactory())
          .trustManager(AUTHORITY.toTrustManagerFactory())
          .clientAuth(ClientAuth.OPTIONAL)
          .build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What a client needs to show {@link #CLIENT}. */
  static KeyManagerFactory clientKeys() {
    try {
      return CLIENT.toKeyManagerFactory();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateBuilder here() {
    return builder("localhost")
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1")
        .addSanIpAddress("::1");
  }

  private static CertificateBuilder builder(String name) {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .notBefore(Instant.now().minus(Duration.ofDays(1)))
        .notAfter(Instant.now().plus(Duration.ofDays(1)));
  }

  private static X509Bundle authority() {
    try {
      return builder("Test authority").setIsCertificateAuthority(true).buildSelfSigned();
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
