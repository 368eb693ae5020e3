package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.TestCertificates;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The server of one case: does right but for the fault, which it counts. */
final class FaultServer {

  static final String USER = "ann";
  static final String PASSWORD = "correct horse";

  private static final SslContext TLS = TestCertificates.server(TestCertificates.good());

  private final FaultCase it;
  private final List<Mail> mails;

  /** The sender of the last MAIL. One connection at a time, so what comes belongs to it. */
  private volatile String sender = "";

  private final AtomicInteger met = new AtomicInteger();

  FaultServer(FaultCase it, List<Mail> mails) {
    this.it = it;
    this.mails = mails;
  }

  SmtpServer start(int port) {
    SmtpServerBuilder server = SmtpServer.builder().port(port).eventLoopThreads(1).script(script());
    if (it.phase() == FaultPhase.STARTTLS) {
      server.tls(TLS);
    } else if (it.phase() == FaultPhase.AUTH) {
      server
          .user(USER, PASSWORD)
          .extensions(
              Stream.concat(SmtpServerBuilder.DEFAULT_EXTENSIONS.stream(), Stream.of("AUTH PLAIN"))
                  .toArray(String[]::new));
    }
    return server.start();
  }

  /** How often the fault befell a client; idle connections are not counted here. */
  int injected(SmtpServer server) {
    int times = it.phase() == FaultPhase.GREETING ? server.connections() : met.get();
    return it.eachTime() ? times : Math.min(1, times);
  }

  private SmtpScript script() {
    SmtpScript.Builder script = SmtpScript.builder();
    script.on(Phase.MAIL).when(this::noteSender).answerNormally();
    if (it.phase() == FaultPhase.RSET) {
      // RSET is said after a transaction that was refused.
      script
          .on(Phase.RCPT)
          .when(command -> isFrom(Mail.REFUSED_BEFORE_RSET))
          .reply(550, "5.1.1 no");
    }
    if (it.contentRefused()) {
      script.on(Phase.CONTENT).when(command -> isFrom(Mail.VICTIM)).reply(554, "5.7.1 no");
    }
    Injection fault = it.scripted();
    if (fault != null) {
      SmtpScript.RuleBuilder rule = script.on(it.phase().onServer(it.way().transfer()));
      if (it.phase() != FaultPhase.GREETING) {
        rule.when(this::isMet);
      }
      fault.ending().of(it.eachTime() ? rule : rule.once());
    }
    return script.build();
  }

  /** Never the rule's case: it is there to look. */
  private boolean noteSender(SmtpCommand command) {
    if (command instanceof SmtpCommand.Mail mail) {
      sender = String.valueOf(mail.reversePath());
    }
    return false;
  }

  private boolean isMet(SmtpCommand command) {
    boolean here =
        switch (it.phase()) {
          case FIRST_RCPT -> isTo(command, 0);
          case LAST_RCPT -> isTo(command, 2);
          case MID_BODY -> isFrom(Mail.VICTIM) && !isLast(command);
          case MAIL, DATA, FINAL -> isFrom(Mail.VICTIM);
          case RSET -> isFrom(Mail.REFUSED_BEFORE_RSET);
          default -> true;
        };
    if (here) {
      met.incrementAndGet();
    }
    return here;
  }

  private boolean isFrom(int number) {
    return sender.equals(mails.get(number - 1).sender());
  }

  private boolean isTo(SmtpCommand command, int recipient) {
    String address = mails.get(Mail.VICTIM - 1).recipients().get(recipient);
    return command instanceof SmtpCommand.Rcpt rcpt
        && rcpt.forwardPath().toString().equals(address);
  }

  private static boolean isLast(SmtpCommand command) {
    return command instanceof SmtpCommand.Bdat bdat && bdat.last();
  }
}
