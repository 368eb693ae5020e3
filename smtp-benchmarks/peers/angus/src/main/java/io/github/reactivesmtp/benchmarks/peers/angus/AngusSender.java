package io.github.reactivesmtp.benchmarks.peers.angus;

import io.github.reactivesmtp.benchmarks.peers.NoDelaySockets;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Sender;
import io.github.reactivesmtp.benchmarks.peers.SenderMain;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.github.reactivesmtp.benchmarks.peers.Threads;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Angus Mail: one thread and one open Transport a connection, the message parsed once. With the
 * mode {@code tuned} as it does best: sockets with TCP_NODELAY, without which the end of a message
 * of several packets waits for a delayed ACK, and BDAT in one chunk, which saves the round trip for
 * 354.
 */
final class AngusSender implements Sender {

  private final MimeMessage message;
  private final Address[] recipients;
  private final List<Transport> transports = new ArrayList<>();

  private AngusSender(Task task) throws MessagingException {
    byte[] octets = task.mail().octets();
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.localhost", "client.example");
    properties.setProperty("mail.smtp.from", Task.FROM);
    if (task.mode().equals("tuned")) {
      properties.setProperty("mail.smtp.socketFactory.class", NoDelaySockets.class.getName());
      properties.setProperty("mail.smtp.chunksize", String.valueOf(octets.length + 1024));
    }
    Session session = Session.getInstance(properties);
    message = new MimeMessage(session, new ByteArrayInputStream(octets));
    recipients = InternetAddress.parse(String.join(",", task.to()));
    for (int i = 0; i < task.connections(); i++) {
      Transport transport = session.getTransport("smtp");
      transport.connect(task.host(), task.port(), null, null);
      transports.add(transport);
    }
  }

  @Override
  public void send(Phase phase) throws InterruptedException {
    Threads.each(transports.size(), i -> send(phase, transports.get(i)));
  }

  private void send(Phase phase, Transport transport) {
    Phase.Lane lane = phase.lane();
    try {
      for (long begun = lane.begin(); begun != Phase.OVER; begun = lane.begin()) {
        transport.sendMessage(message, recipients);
        lane.end(begun);
      }
    } catch (MessagingException e) {
      phase.fail(e);
    }
  }

  @Override
  public void close() {
    for (Transport transport : transports) {
      try {
        transport.close();
      } catch (MessagingException e) {
        throw new IllegalStateException("cannot close " + transport, e);
      }
    }
  }

  public static void main(String[] arguments) {
    SenderMain.run(arguments, AngusSender::new);
  }
}
