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

  /** For silence: more than a busy machine takes to answer. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Where each connection is lost the pauses between them become longer and longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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
            .pool(pool -> pool.maxConnections(1).pendingAcquireTimeout(PATIENCE))
            .timeouts(timeouts -> timeouts(it))
            .tls(TlsMode.NONE);
    if (it.phase() == FaultPhase.CONNECT && !it.eachTime()) {
      client.maxAttempts(20); // a busy machine takes its time to bring the server up
    } else if (it.phase() == FaultPhase.STARTTLS) {
      client.tls(TlsMode.REQUIRED).tls(tls -> tls.trust(TRUST));
    } else if (it.phase() == FaultPhase.AUTH) {
      client
          .allowCleartextAuth()
          .credentials(Credentials.password(FaultServer.USER, FaultServer.PASSWORD));
    }
    return client;
  }

  /** Short only where the fault is: what the other replies take is no matter of this case. */
  private static SmtpTimeouts timeouts(FaultCase it) {
    SmtpTimeouts patient = new SmtpTimeouts(LONG, LONG, LONG, LONG, LONG, LONG);
    if (!it.isSilence()) {
      return patient;
    }
    return switch (it.phase()) {
      case CONNECT, QUIT -> patient.connect(SHORT); // also how long QUIT's reply is waited for
      case GREETING -> patient.greeting(SHORT);
      case EHLO, STARTTLS, AUTH, MAIL, FIRST_RCPT, LAST_RCPT, RSET, IDLE, LONG_IDLE ->
          patient.command(SHORT).dataTermination(SHORT); // of BDAT at once, all at the same time
      case DATA -> patient.dataInitiation(SHORT);
      case MID_BODY -> patient.dataBlock(SHORT).dataTermination(SHORT);
      case FINAL -> patient.dataTermination(SHORT);
    };
  }
}
