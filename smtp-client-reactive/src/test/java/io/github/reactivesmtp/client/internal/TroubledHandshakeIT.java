package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of troubles that are not the server's own. */
@Timeout(60)
class TroubledHandshakeIT {

  /** Closed while TCP connects: that is the reason, not the class of an exception of Netty. */
  @Test
  void whyImplicitTlsEndedIsTold() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      AtomicReference<SessionConnector> connector = new AtomicReference<>();
      ClientOptions base = new TestOptions().build();
      ConnectOptions connect =
          new ConnectOptions(
              List.of(ServerAddress.tcp("127.0.0.1", server.getLocalPort())),
              false,
              "me.example",
              TlsMode.IMPLICIT,
              TlsOptions.DEFAULT,
              null,
              false,
              List.of(),
              event -> {},
              tcp -> tcp.doOnConnected(c -> connector.get().close()));
      connector.set(
          new SessionConnector(
              new ClientOptions(
                  connect,
                  base.pipelining(),
                  base.streamingWindow(),
                  base.chunking(),
                  base.allOrNothing(),
                  base.allowEightBit(),
                  base.preferred(),
                  base.bareNewlines(),
                  base.maxAttempts(),
                  base.retryDeferred(),
                  base.rateLimit(),
                  PoolOptions.DEFAULT,
                  SmtpTimeouts.DEFAULT.connect(Duration.ofSeconds(2)))));
      assertThatThrownBy(() -> connector.get().connect().block(Duration.ofSeconds(15)))
          .isInstanceOf(SmtpException.class)
          .hasMessageContaining("disposed");
    }
  }

  /** As when an intermediate expires; the server's own certificate is good for another day. */
  @Test
  void anAuthorityThatExpiredIsNotTheServersOwnCertificate() throws Exception {
    Instant now = Instant.now();
    X509Bundle root =
        builder("Root", now.plus(Duration.ofDays(1)))
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle between =
        builder("Between", now.minus(Duration.ofDays(1)))
            .setIsCertificateAuthority(true)
            .buildIssuedBy(root);
    X509Certificate own =
        builder("mx.example", now.plus(Duration.ofDays(1))).buildIssuedBy(between).getCertificate();
    X509Certificate[] chain = {own, between.getCertificate()};
    X509TrustManager authority =
        (X509TrustManager) root.toTrustManagerFactory().getTrustManagers()[0];
    assertThatThrownBy(() -> authority.checkServerTrusted(chain, "ECDHE_ECDSA"))
        .isInstanceOfSatisfying(
            CertificateException.class,
            jdk ->
                assertThat(Distrust.inWords(jdk, "mx.example", List.of(chain)).getMessage())
                    .doesNotContain("its certificate expired on"));
  }

  private static CertificateBuilder builder(String name, Instant end) {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .notBefore(end.minus(Duration.ofDays(9)))
        .notAfter(end);
  }
}
