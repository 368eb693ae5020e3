package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TestCertificates;
import io.github.reactivesmtp.client.TlsMode;
import java.time.Duration;
import javax.net.ssl.TrustManagerFactory;

/** The client of one case: one connection at a time, so that what is said has one order. */
final class FaultClient {

  /** For what the client must not have to wait for; far beyond any pause of a busy machine. */
  private static final Duration LONG = Duration.ofSeconds(20);

  /** For silence. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final TrustManagerFactory TRUST = trust();

  private FaultClient() {}

  private static TrustManagerFactory trust() {
    try {
      return TestCertificates.AUTHORITY.toTrustManagerFactory();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static SmtpClient.Builder builder(FaultCase it, int port) {
    SmtpClient.Builder client =
        SmtpClient.builder("127.0.0.1", port)
            .pipelining(it.way().mode())
            .chunking(it.way().transfer() != Transfer.DATA)
            .pool(pool -> pool.maxConnections(1))
            .timeouts(timeouts -> timeouts(it))
            .tls(TlsMode.NONE);
    if (it.phase() == FaultPhase.STARTTLS) {
      client.tls(TlsMode.REQUIRED).tls(tls -> tls.trust(TRUST));
    } else if (it.phase() == FaultPhase.AUTH) {
      client
          .allowCleartextAuth()
          .credentials(Credentials.password(FaultServer.USER, FaultServer.PASSWORD));
    }
    return client;
  }

  private static SmtpTimeouts timeouts(FaultCase it) {
    Duration reply = it.needsShortTimeouts() ? SHORT : LONG;
    // Also how long QUIT's reply is waited for.
    boolean shortConnect =
        it.needsShortTimeouts()
            && (it.phase() == FaultPhase.CONNECT || it.phase() == FaultPhase.QUIT);
    return new SmtpTimeouts(shortConnect ? SHORT : LONG, reply, reply, reply, reply, reply);
  }
}
