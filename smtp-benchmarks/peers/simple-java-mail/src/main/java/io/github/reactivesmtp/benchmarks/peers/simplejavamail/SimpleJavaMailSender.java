package io.github.reactivesmtp.benchmarks.peers.simplejavamail;

import io.github.reactivesmtp.benchmarks.peers.MailText;
import io.github.reactivesmtp.benchmarks.peers.NoDelaySockets;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Sender;
import io.github.reactivesmtp.benchmarks.peers.SenderMain;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.github.reactivesmtp.benchmarks.peers.Threads;
import java.util.List;
import org.simplejavamail.api.email.ContentTransferEncoding;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/**
 * Simple Java Mail as it does best: the connection pool of its batch module, as many threads as
 * connections that send and wait, the e-mail built once, no validation, Angus beneath it tuned
 * (TCP_NODELAY, BDAT). It writes the header itself, and makes the message anew each time.
 */
final class SimpleJavaMailSender implements Sender {

  private final int connections;
  private final Email email;
  private final Mailer mailer;

  private SimpleJavaMailSender(Task task) {
    connections = task.connections();
    List<String> to = task.to();
    email =
        EmailBuilder.startingBlank()
            .from(Task.FROM)
            .withBounceTo(Task.FROM)
            .to(to.get(0))
            .bccAddresses(to.subList(1, to.size()))
            .withSubject(MailText.SUBJECT)
            .withPlainText(task.mail().text())
            .withContentTransferEncoding(ContentTransferEncoding.BIT7)
            .buildEmail();
    mailer =
        MailerBuilder.withSMTPServer(task.host(), task.port())
            .withTransportStrategy(TransportStrategy.SMTP)
            .withProperty("mail.smtp.localhost", "client.example")
            .withProperty("mail.smtp.chunksize", String.valueOf(task.mail().octets().length + 4096))
            .withProperty("mail.smtp.socketFactory.class", NoDelaySockets.class.getName())
            .withConnectionPoolCoreSize(connections)
            .withConnectionPoolMaxSize(connections)
            .disablingAllClientValidation(true)
            .buildMailer();
  }

  @Override
  public void send(Phase phase) throws InterruptedException {
    Threads.each(connections, i -> sendInTurn(phase));
  }

  private void sendInTurn(Phase phase) {
    Phase.Lane lane = phase.lane();
    try {
      for (long begun = lane.begin(); begun != Phase.OVER; begun = lane.begin()) {
        mailer.sendMail(email, false).join();
        lane.end(begun);
      }
    } catch (RuntimeException e) {
      phase.fail(e);
    }
  }

  @Override
  public void close() {
    mailer.shutdownConnectionPool();
  }

  public static void main(String[] arguments) {
    SenderMain.run(arguments, SimpleJavaMailSender::new);
  }
}
