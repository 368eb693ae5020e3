package io.github.reactivesmtp.benchmarks.peers.reactivesmtp;

import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Sender;
import io.github.reactivesmtp.benchmarks.peers.SenderMain;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.StreamingWindow;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.MailAddress;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;

/**
 * This project's client as its documentation has it: one client, {@code sendAll}, an envelope built
 * for each message. The mode is one of {@link Pipelining}.
 */
final class ReactiveSmtpSender implements Sender {

  private final SmtpClient client;
  private final MailAddress from = MailAddress.parse(Task.FROM);
  private final List<MailAddress> recipients;
  private final MessageBody body;

  private ReactiveSmtpSender(Task task) {
    byte[] octets = task.mail().octets();
    recipients = task.to().stream().map(MailAddress::parse).toList();
    body = MessageBody.bytes(octets);
    long windowOctets =
        Math.max(StreamingWindow.DEFAULT.octets(), (long) task.window() * octets.length);
    client =
        SmtpClient.builder(task.host(), task.port())
            .tls(TlsMode.NONE)
            // Reactor Netty by itself makes at least 4.
            .transport(tcp -> tcp.runOn(LoopResources.create("sender", task.usefulLoops(), true)))
            .helloName("client.example")
            .pipelining(
                task.mode().isEmpty()
                    ? Pipelining.GROUPED
                    : Pipelining.valueOf(task.mode().toUpperCase(Locale.ROOT)))
            .streamingWindow(window -> window.transactions(task.window()).octets(windowOctets))
            .pool(
                pool ->
                    pool.maxConnections(task.connections())
                        .maxPending(
                            Math.max(pool.maxPending(), 2 * task.connections() * task.window())))
            .build();
  }

  @Override
  public void send(Phase phase) {
    Phase.Lane lane = phase.lane();
    Flux<Envelope> envelopes =
        Flux.generate(
            next -> {
              long begun = lane.begin();
              if (begun == Phase.OVER) {
                next.complete();
              } else {
                next.next(envelope(begun));
              }
            });
    client.sendAll(envelopes).doOnNext(result -> count(phase, lane, result)).blockLast();
  }

  private Envelope envelope(long begun) {
    return Envelope.builder().from(from).to(recipients).body(body).tag(begun).build();
  }

  private static void count(Phase phase, Phase.Lane lane, SendResult result) {
    if (result.isAccepted()) {
      lane.end((Long) Objects.requireNonNull(result.envelope().tag()));
    } else {
      phase.fail(new IllegalStateException(result.toString(), result.cause()));
    }
  }

  @Override
  public void close() {
    client.disposeLater().block();
  }

  public static void main(String[] arguments) {
    SenderMain.run(arguments, ReactiveSmtpSender::new);
  }
}
