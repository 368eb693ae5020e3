package io.github.reactivesmtp.client.soak;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.testkit.MessageSink;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/** One soak: envelopes through a client to a server at its worst, and the balance of both. */
final class ChaosRun {

  private static final int CONNECTIONS = 16;
  private static final Duration SHORT = Duration.ofMillis(300);

  private final long seed;
  private final int envelopes;
  private final Pipelining pipelining;
  private final boolean chunking;
  private final SoakMail mail;
  private final WireTap tap = new WireTap();
  private final Ledger ledger;
  private final ChaosScript chaos;

  /**
   * @param rate the share of the server's replies that go wrong, 0 to 1
   */
  ChaosRun(long seed, int envelopes, double rate, Pipelining pipelining, boolean chunking) {
    this.seed = seed;
    this.envelopes = envelopes;
    this.pipelining = pipelining;
    this.chunking = chunking;
    this.mail = new SoakMail(seed);
    this.ledger = new Ledger(envelopes, mail::recipients, tap::about);
    this.chaos = ChaosScript.of(rate, seed, pipelining, chunking);
  }

  /**
   * What a run came to.
   *
   * @param troubles what else went wrong, in words: no end, connections left, failures of the
   *     server itself
   */
  record Report(
      long seed,
      Pipelining pipelining,
      boolean chunking,
      Ledger.Balance balance,
      long faults,
      long replies,
      Map<String, Long> faultsByKind,
      int connections,
      Duration time,
      List<String> troubles) {

    boolean isTrue() {
      return balance.isTrue() && troubles.isEmpty();
    }

    /** One line. */
    String summary() {
      return String.format(
          "chaos soak: seed %d, %s %s, %,d envelopes, %,d connections, %,d faults injected,"
              + " %,d replies, %s, %.1f s",
          seed,
          pipelining,
          chunking ? "BDAT" : "DATA",
          balance.results(),
          connections,
          faults,
          replies,
          balance,
          time.toMillis() / 1000.0);
    }

    /** The same with all that is wrong. */
    String inFull() {
      StringBuilder text = new StringBuilder(summary());
      text.append("\nfaults: ").append(faultsByKind);
      text.append("\nstrange: ").append(balance.strange());
      troubles.forEach(trouble -> text.append('\n').append(trouble));
      balance.told().forEach(told -> text.append("\n\n").append(told));
      return text.toString();
    }
  }

  /** Runs it to its end. Blocks. */
  Report run() {
    long start = System.nanoTime();
    List<String> troubles = new ArrayList<>();
    int connections;
    try (SmtpServer server =
        SmtpServer.builder()
            .script(chaos.script())
            .sink((MessageSink) this::stored)
            .transcript(false)
            .start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .pipelining(pipelining)
              .chunking(chunking)
              .pool(pool -> pool.maxConnections(CONNECTIONS))
              .timeouts(
                  t ->
                      t.greeting(SHORT)
                          .command(SHORT)
                          .dataInitiation(SHORT)
                          .dataBlock(SHORT)
                          .dataTermination(SHORT))
              .transport(
                  tcp -> tcp.doOnChannelInit((observer, channel, peer) -> tap.listenTo(channel)))
              .build();
      send(client, troubles);
      await(server, troubles);
      server.failures().forEach(failure -> troubles.add("failure of the server: " + failure));
      connections = server.connections();
    }
    return new Report(
        seed,
        pipelining,
        chunking,
        ledger.balance(),
        chaos.faults(),
        chaos.replies(),
        chaos.faultsByKind(),
        connections,
        Duration.ofNanos(System.nanoTime() - start),
        troubles);
  }

  private void send(SmtpClient client, List<String> troubles) {
    // Far more than it takes; what is slower has come to a halt.
    Duration patience = Duration.ofSeconds(60 + envelopes / 50);
    try {
      client
          .sendAll(Flux.range(0, envelopes).map(mail::envelope))
          .doOnNext(this::result)
          .then()
          .block(patience);
    } catch (RuntimeException e) {
      troubles.add("sendAll: " + e);
      for (int id : ledger.unanswered()) {
        troubles.add("envelope " + id + " has no result\n" + tap.about(id));
      }
    }
    try {
      client.disposeLater(Duration.ofSeconds(10)).block(Duration.ofSeconds(20));
    } catch (RuntimeException e) {
      troubles.add("disposeLater: " + e);
    }
  }

  private static void await(SmtpServer server, List<String> troubles) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (server.openConnections() > 0 && end - System.nanoTime() > 0) {
      Thread.onSpinWait();
    }
    if (server.openConnections() > 0) {
      troubles.add("connections left open: " + server.openConnections());
    }
  }

  private void result(SendResult result) {
    int id = (Integer) result.envelope().tag();
    Outcome[] outcomes = new Outcome[mail.recipients(id)];
    Outcome shared = result.recipients().get(0).outcome();
    for (RecipientResult recipient : result.recipients()) {
      outcomes[index(recipient.address())] = recipient.outcome();
      shared = recipient.outcome() == shared ? shared : Outcome.PARTIAL;
    }
    if (result.recipients().size() != outcomes.length || result.outcome() != shared) {
      ledger.strange(id, "a result that contradicts itself: " + result);
    }
    ledger.result(id, outcomes);
  }

  /** On the server's threads, before it answers. */
  private void stored(ReceivedMessage message) {
    if (message.recipients().isEmpty()) {
      return; // scripted acceptance of what was for nobody
    }
    MailAddress sender = message.reversePath();
    int id = sender == null ? -1 : Integer.parseInt(sender.localPart().substring(1));
    if (id < 0 || id >= envelopes) {
      ledger.strange(0, "stored without a sender that was sent: " + message);
      return;
    }
    if (!message.contentBuffer().equals(ByteBuffer.wrap(mail.content(id)))) {
      ledger.strange(id, "stored with another content: " + message + "\n" + message.text());
    }
    for (SmtpCommand.Rcpt recipient : message.recipients()) {
      MailAddress address = recipient.forwardPath();
      if (!address.toString().equals(SoakMail.recipient(id, index(address)))) {
        ledger.strange(id, "stored for another's recipient: " + message);
      } else {
        ledger.stored(id, index(address));
      }
    }
  }

  private static int index(MailAddress recipient) {
    String local = recipient.localPart();
    return Integer.parseInt(local.substring(local.indexOf('.') + 1));
  }
}
