package io.github.reactivesmtp.testkit;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A server's and a client's certificate, and what each side needs to use them. */
final class TestTls {

  static final String SERVER_NAME = "server.example";

  static final X509Bundle SERVER = selfSigned("CN=" + SERVER_NAME);
  static final X509Bundle CLIENT = selfSigned("CN=client.example");

  private TestTls() {}

  private static X509Bundle selfSigned(String subject) {
    try {
      return new CertificateBuilder()
          .subject(subject)
          .setIsCertificateAuthority(true)
          .ecp256()
          .buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The server's side, which asks for a client's certificate and does not insist on one. */
  static SslContext server() {
    try {
      return SslContextBuilder.forServer(SERVER.toKeyManagerFactory())
          .trustManager(CLIENT.toTrustManagerFactory())
          .clientAuth(ClientAuth.OPTIONAL)
          .build();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A client that trusts the server and stays anonymous. */
  static SSLContext client() {
    return client(SERVER, null);
  }

  /** A client that trusts the server and shows a certificate. */
  static SSLContext identifiedClient() {
    return client(SERVER, CLIENT);
  }

  /** A client that does not know who the server is. */
  static SSLContext distrustfulClient() {
    return client(CLIENT, null);
  }

  private static SSLContext client(X509Bundle trusted, X509Bundle own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own == null ? null : own.toKeyManagerFactory().getKeyManagers(),
          new TrustManager[] {trusted.toTrustManager()},
          null);
      return context;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
