package io.github.reactivesmtp.benchmarks.peers.vertx;

import io.github.reactivesmtp.benchmarks.peers.MailText;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Sender;
import io.github.reactivesmtp.benchmarks.peers.SenderMain;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * vertx-mail-client as it does best: a pool of connections kept open, pipelining, one message under
 * way for each connection, the native transport. It writes the header itself, and makes the message
 * anew each time.
 */
final class VertxSender implements Sender {

  private final int connections;
  private final Vertx vertx;
  private final List<Context> contexts = new ArrayList<>();
  private final MailClient client;
  private final MailMessage message;

  private VertxSender(Task task) {
    connections = task.connections();
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(task.usefulLoops()));
    for (int i = 0; i < connections; i++) {
      contexts.add(vertx.getOrCreateContext());
    }
    client =
        MailClient.create(
            vertx,
            new MailConfig(task.host(), task.port())
                .setOwnHostname("client.example")
                .setMaxPoolSize(connections)
                .setKeepAlive(true)
                .setPipelining(true));
    // It ends lines in CRLF itself; a CR of ours would make it encode the text.
    String text = task.mail().text().replace("\r\n", "\n");
    List<String> to = task.to();
    message =
        new MailMessage(Task.FROM, to.get(0), MailText.SUBJECT, text)
            .setBounceAddress(Task.FROM)
            .setBcc(to.subList(1, to.size()));
  }

  @Override
  public void send(Phase phase) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(connections);
    for (Context context : contexts) {
      Phase.Lane lane = phase.lane();
      context.runOnContext(nothing -> sendNext(phase, lane, ended));
    }
    ended.await();
  }

  private void sendNext(Phase phase, Phase.Lane lane, CountDownLatch ended) {
    long begun = lane.begin();
    if (begun == Phase.OVER) {
      ended.countDown();
      return;
    }
    client
        .sendMail(message)
        .onComplete(
            result -> {
              lane.end(begun);
              sendNext(phase, lane, ended);
            },
            failure -> {
              phase.fail(failure);
              ended.countDown();
            });
  }

  @Override
  public void close() {
    client.close().eventually(vertx::close).toCompletionStage().toCompletableFuture().join();
  }

  public static void main(String[] arguments) {
    SenderMain.run(arguments, VertxSender::new);
  }
}
