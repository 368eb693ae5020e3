package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What a caller does wrong, or stops wanting, harms nobody else's mail. */
@Timeout(60)
class CallerTroubleIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static SmtpClient client(SmtpServer server) {
    return SmtpClient.builder(server.host(), server.port())
        .tls(TlsMode.NONE)
        .pool(pool -> pool.maxConnections(1))
        .build();
  }

  private static Envelope envelope(String name) {
    return envelope(name, MessageBody.text("hello\r\n"));
  }

  private static Envelope envelope(String name, MessageBody body) {
    return Envelope.builder()
        .from("from@example.com")
        .to(name + "@example.org")
        .body(body)
        .tag(name)
        .build();
  }

  /** A subscriber that breaks the rules of Reactive Streams. */
  private static final class Throwing implements CoreSubscriber<SendResult> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SendResult result) {
      throw new IllegalStateException("the listener's own trouble");
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void aListenerThatThrowsDoesNotBreakTheConnection() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      client.send(envelope("a")).subscribe(new Throwing());
      client.sendAll(Flux.just(envelope("b"))).subscribe(new Throwing());
      SendResult result = client.send(envelope("d")).block(WAIT);

      assertThat(result.isAccepted()).isTrue();
      assertThat(server.awaitMessages(3, WAIT)).allMatch(message -> message.connection() == 1);
      client.disposeLater().block(WAIT);
    }
  }

  static Stream<Publisher<ByteBuf>> brokenBodies() {
    IllegalStateException trouble = new IllegalStateException("the body's own trouble");
    Publisher<ByteBuf> onSubscribe =
        subscriber -> {
          throw trouble;
        };
    Publisher<ByteBuf> onRequest =
        subscriber ->
            subscriber.onSubscribe(
                new Subscription() {
                  @Override
                  public void request(long n) {
                    throw trouble;
                  }

                  @Override
                  public void cancel() {}
                });
    return Stream.of(onSubscribe, onRequest, Flux.error(trouble));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void aBodyThatThrowsIsNotSentAndTheNextIs(Publisher<ByteBuf> body) {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      var broken = client.send(envelope("a", MessageBody.publisher(body))).toFuture();
      SendResult next = client.send(envelope("b")).block(WAIT);

      assertThat(next.isAccepted()).isTrue();
      assertThat(broken.join().outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(broken.join().cause()).hasRootCauseMessage("the body's own trouble");
      assertThat(server.messages()).hasSize(1);
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void cancellingStopsTheIntakeAndEndsWhatIsUnderWay() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.MAIL)
            .when(
                mail -> {
                  reached.countDown();
                  return true;
                })
            .delay(Duration.ofMillis(50))
            .answerNormally()
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server);
      Disposable sending =
          client.sendAll(Flux.range(0, 1_000).map(i -> envelope("to" + i))).subscribe();
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
      sending.dispose();
      client.disposeLater().block(WAIT);

      // The one under way, and perhaps another that was taken before the cancellation was seen.
      assertThat(server.messages()).hasSizeBetween(1, 2);
    }
  }

  @Test
  void whoGivesUpWaitingForTheDisposalDoesNotStopIt() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .rateLimit(rate -> rate.messagesPerSecond(5))
              .build();
      var first = client.send(envelope("a")).toFuture();
      var second = client.send(envelope("b")).toFuture();
      client.disposeLater().subscribe().dispose();

      assertThat(first.join().isAccepted()).isTrue();
      assertThat(second.join().isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
    }
  }

  /** Whatever their number, those cancelled take no room. */
  @Test
  void whatIsCancelledBeforeItBeganIsForgottenAtOnce() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .rateLimit(rate -> rate.messagesPerSecond(0.01))
              .build();
      assertThat(client.send(envelope("a")).block(WAIT).isAccepted()).isTrue();
      for (int i = 0; i < 100; i++) {
        client.send(envelope("b" + i)).subscribe().dispose();
      }
      // Nothing is left to be waited for.
      client.disposeLater(Duration.ofDays(1)).block(WAIT);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void sendingAfterDisposalIsAClearError() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      client.disposeLater().block(WAIT);

      assertThatThrownBy(() -> client.send(envelope("a")).block(WAIT))
          .isInstanceOf(SmtpException.class)
          .hasMessageContaining("disposed")
          .hasMessageContaining("not sent");
      assertThatThrownBy(() -> client.sendAll(Flux.just(envelope("a"))).blockLast(WAIT))
          .isInstanceOf(SmtpException.class)
          .hasMessageContaining("disposed");
    }
  }

  /** What is wrong with every envelope is told to those there are, not to what comes of telling. */
  @Test
  void whoSendsAgainAtOnceAsksTheServerAgain() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.REQUIRED)
              .pool(pool -> pool.maxConnections(1))
              .build();

      assertThatThrownBy(() -> client.send(envelope("a")).retry(2).block(WAIT))
          .isInstanceOf(SmtpTlsException.class);

      client.disposeLater().block(WAIT);
      assertThat(server.connections()).isEqualTo(3);
    }
  }
}
