package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** How long envelopes wait for connections, and how connections are used. */
@Timeout(60)
class WaitingIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static SmtpClient client(SmtpServer server, UnaryOperator<PoolOptions> pool) {
    return SmtpClient.builder(server.host(), server.port()).tls(TlsMode.NONE).pool(pool).build();
  }

  private static Flux<Envelope> envelopes(int count) {
    return Flux.range(0, count)
        .map(
            i ->
                Envelope.builder()
                    .from("from@example.com")
                    .to("to" + i + "@example.org")
                    .body(MessageBody.text("hello\r\n"))
                    .tag(i)
                    .build());
  }

  private static List<SendResult> sendAll(SmtpClient client, int count) {
    return client.sendAll(envelopes(count)).collectList().block(WAIT);
  }

  @Test
  void aServerThatWentAwayIsWaitedForOnlySoLong() {
    SmtpServer server = SmtpServer.start();
    SmtpClient client =
        client(
            server, pool -> pool.maxConnections(2).pendingAcquireTimeout(Duration.ofMillis(300)));
    assertThat(sendAll(client, 3)).allMatch(SendResult::isAccepted);
    server.close();

    List<SendResult> results = sendAll(client, 20);

    assertThat(results)
        .hasSize(20)
        .allSatisfy(
            result -> {
              assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
              assertThat(result.cause()).isNotNull();
            });
    client.disposeLater().block(WAIT);
  }

  /** All the timeouts of the handshake are minutes long. */
  @Test
  void aServerThatSaysNothingIsWaitedForOnlySoLong() {
    SmtpScript silent = SmtpScript.builder().on(Phase.CONNECT).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(silent).start()) {
      SmtpClient client =
          client(server, pool -> pool.pendingAcquireTimeout(Duration.ofMillis(300)));

      assertThat(sendAll(client, 20))
          .hasSize(20)
          .allSatisfy(
              result -> {
                assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(result.phase()).isEqualTo(SendPhase.NOT_BEGUN);
                assertThat(result.attempts()).isEqualTo(1);
                assertThat(result.cause())
                    .hasMessageContaining("No connection of use could be had within 0.3 s");
              });
      client.disposeLater(Duration.ofMillis(10)).block(WAIT);
    }
  }

  /** The connection that the first waited for is still being waited for. */
  @Test
  void soDoesWhatComesWhenNoOtherConnectionMayBeTried() {
    SmtpScript silent = SmtpScript.builder().on(Phase.CONNECT).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(silent).start()) {
      SmtpClient client =
          client(
              server, pool -> pool.maxConnections(1).pendingAcquireTimeout(Duration.ofMillis(100)));

      for (Envelope envelope : envelopes(3).toIterable()) {
        SendResult result = client.send(envelope).block(WAIT);
        assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
      }
      client.disposeLater(Duration.ofMillis(10)).block(WAIT);
    }
  }

  /** One reply too many makes each connection useless before a message can begin on it. */
  @Test
  void aServerThatLetsNoMessageBeginIsGivenUp() {
    SmtpScript talkative =
        SmtpScript.builder().on(Phase.EHLO).answerWithExtra(250, "and more").build();
    try (SmtpServer server = SmtpServer.builder().script(talkative).start()) {
      SmtpClient client = client(server, pool -> pool.maxConnections(1));

      assertThat(sendAll(client, 10))
          .hasSize(10)
          .allMatch(result -> result.outcome() == Outcome.NOT_SENT)
          .allMatch(result -> result.phase() == SendPhase.NOT_BEGUN);
      client.disposeLater().block(WAIT);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  /** Each message could be begun three times: that would be 600 connections one after another. */
  @Test
  void aServerThatHangsUpOnEachMessageIsNotAskedWithoutAPause() {
    SmtpScript rude = SmtpScript.builder().on(Phase.MAIL).close().build();
    try (SmtpServer server = SmtpServer.builder().script(rude).start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .chunking(false)
              .pool(p -> p.maxConnections(1).pendingAcquireTimeout(Duration.ofMillis(300)))
              .build();

      assertThat(sendAll(client, 200))
          .hasSize(200)
          .allMatch(result -> result.outcome() == Outcome.NOT_SENT)
          .allMatch(result -> result.cause() != null);
      client.disposeLater().block(WAIT);
      assertThat(server.connections()).isLessThan(100);
    }
  }

  /** A relay that restarts costs nothing. */
  @Test
  void aServerThatComesBackInTimeGetsWhatWaited() {
    SmtpScript busy = SmtpScript.builder().on(Phase.CONNECT).times(4).replyThenClose(421).build();
    SmtpServer first = SmtpServer.start();
    try (SmtpServer second = SmtpServer.builder().script(busy).start()) {
      SmtpClient client =
          SmtpClient.builder(first.host(), first.port())
              .failover(second.host(), second.port())
              .tls(TlsMode.NONE)
              .maxAttempts(2)
              .pool(pool -> pool.maxConnections(1))
              .build();
      assertThat(sendAll(client, 1)).allMatch(SendResult::isAccepted);
      first.close();

      assertThat(sendAll(client, 5)).hasSize(5).allMatch(SendResult::isAccepted);
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void aConnectionHasOnlySoManyMessages() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          client(server, pool -> pool.maxConnections(1).maxMessagesPerConnection(3));
      assertThat(sendAll(client, 10)).hasSize(10).allMatch(SendResult::isAccepted);
      client.disposeLater().block(WAIT);

      assertThat(server.connections()).isEqualTo(4);
      assertThat(server.messages())
          .extracting(message -> message.connection())
          .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4);
    }
  }

  /** Only one way round: however slow the machine, it takes at least so long. */
  @Test
  void messagesAreHeldBackToKeepTheRate() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .rateLimit(rate -> rate.messagesPerSecond(100))
              .build();
      long begun = System.nanoTime();
      assertThat(sendAll(client, 60)).hasSize(60).allMatch(SendResult::isAccepted);
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(540).toNanos());
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void eachConnectionKeepsItsOwnRate() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .rateLimit(rate -> rate.messagesPerSecondPerConnection(20))
              .pool(pool -> pool.maxConnections(2))
              .build();
      long begun = System.nanoTime();
      assertThat(sendAll(client, 20)).hasSize(20).allMatch(SendResult::isAccepted);
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(440).toNanos());
      assertThat(server.messages()).extracting(message -> message.connection()).contains(1, 2);
      client.disposeLater().block(WAIT);
    }
  }
}
