package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The client against the embedded server, over real sockets. */
@Timeout(60)
class SmtpClientIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private static SmtpClient client(SmtpServer server) {
    return client(server, builder -> builder);
  }

  private static SmtpClient client(SmtpServer server, UnaryOperator<SmtpClient.Builder> change) {
    return change
        .apply(
            SmtpClient.builder(server.host(), server.port())
                .tls(TlsMode.NONE)
                .helloName("client.example")
                .pool(pool -> pool.maxConnections(4)))
        .build();
  }

  private static Envelope envelope(int i) {
    return envelope(MessageBody.text("Subject: " + i + "\r\n\r\n.dot " + i + "\r\n"), "to" + i);
  }

  private static Envelope envelope(MessageBody body, String... to) {
    Envelope.Builder builder = Envelope.builder().from("from@example.com").body(body);
    for (String name : to) {
      builder.to(name + "@example.org");
    }
    return builder.build();
  }

  private static SendResult sendOne(SmtpClient client, Envelope envelope) {
    SendResult result = client.send(envelope).block(WAIT);
    client.disposeLater().block(WAIT);
    return result;
  }

  @ParameterizedTest
  @CsvSource({
    "OFF,true",
    "OFF,false",
    "GROUPED,true",
    "GROUPED,false",
    "OVERLAPPED,true",
    "OVERLAPPED,false"
  })
  void everyEnvelopeArrivesOnce(Pipelining mode, boolean chunking) {
    int count = 500;
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server, b -> b.pipelining(mode).chunking(chunking));
      List<SendResult> results =
          client
              .sendAll(Flux.range(0, count).map(SmtpClientIT::envelope))
              .collectList()
              .block(WAIT);
      client.disposeLater().block(WAIT);

      assertThat(results).hasSize(count).allMatch(SendResult::isAccepted);
      List<ReceivedMessage> messages = server.awaitMessages(count, WAIT);
      assertThat(messages)
          .extracting(m -> new String(m.content(), StandardCharsets.UTF_8))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, count)
                  .mapToObj(i -> "Subject: " + i + "\r\n\r\n.dot " + i + "\r\n")
                  .toList());
      assertThat(messages).allMatch(m -> m.chunked() == chunking);
      assertThat(server.connections()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void partialAcceptanceIsToldPerRecipient() {
    SmtpScript script =
        SmtpScript.builder().on(Phase.RCPT).nth(2).reply(550, "5.1.1 no such user").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SendResult result =
          sendOne(client(server), envelope(MessageBody.text("x\r\n"), "a", "b", "c"));

      assertThat(result.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(result.recipients())
          .extracting(RecipientResult::outcome)
          .containsExactly(Outcome.ACCEPTED, Outcome.REJECTED, Outcome.ACCEPTED);
      assertThat(result.recipients().get(1).reply().toString()).contains("no such user");
      assertThat(server.messages().get(0).recipients()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "504"})
  void heloIsSaidWhereEhloIsNotKnown(int code) {
    SmtpScript script = SmtpScript.builder().on(Phase.EHLO).reply(code, "what").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SendResult result = sendOne(client(server), envelope(1));

      assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(server.transcript()).anyMatch(line -> line.contains("HELO client.example"));
      assertThat(server.messages().get(0).chunked()).isFalse();
    }
  }

  @Test
  void whatWasNotSentIsSentOnAnotherConnection() {
    SmtpScript script = SmtpScript.builder().on(Phase.MAIL).once().close().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      // With BDAT in the same write the end of the content would have left: UNKNOWN, not retried.
      SendResult result = sendOne(client(server, b -> b.chunking(false)), envelope(1));

      assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void attemptsAreBounded() {
    SmtpScript script = SmtpScript.builder().on(Phase.MAIL).reset().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SendResult result =
          sendOne(client(server, b -> b.chunking(false).maxAttempts(2)), envelope(1));

      assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(result.cause()).isNotNull();
    }
  }

  @Test
  void aReplyThatNeverComesAfterTheContentIsUnknownAndNotRetried() {
    SmtpScript script = SmtpScript.builder().on(Phase.CONTENT).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client =
          client(server, b -> b.timeouts(t -> t.dataTermination(Duration.ofMillis(300))));
      SendResult result = sendOne(client, envelope(1));

      assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(result.attempts()).isEqualTo(1);
      assertThat(result.cause()).hasMessageContaining("the reply to the content");
    }
  }

  @Test
  void aReplyThatNeverComesBeforeTheContentIsNotSent() {
    SmtpScript script = SmtpScript.builder().on(Phase.MAIL).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client =
          client(
              server,
              b ->
                  b.chunking(false)
                      .maxAttempts(1)
                      .timeouts(t -> t.command(Duration.ofMillis(300))));
      assertThat(sendOne(client, envelope(1)).outcome()).isEqualTo(Outcome.NOT_SENT);
    }
  }

  @Test
  void aServerThatCannotBeReachedEndsAsNotSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SmtpClient client = SmtpClient.builder("127.0.0.1", port).tls(TlsMode.NONE).build();
    List<SendResult> results =
        client.sendAll(Flux.range(0, 20).map(SmtpClientIT::envelope)).collectList().block(WAIT);
    client.disposeLater().block(WAIT);

    assertThat(results).hasSize(20).allMatch(r -> r.outcome() == Outcome.NOT_SENT);
    assertThat(results.get(0).cause()).hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void aGreetingThatRefusesEndsAsNotSent() {
    SmtpScript script = SmtpScript.builder().on(Phase.CONNECT).reply(554, "go away").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SendResult result = sendOne(client(server), envelope(1));
      assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
      assertThat(result.cause()).hasMessageContaining("go away");
    }
  }

  @Test
  void afterDisposalSendingIsAnError() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      client.disposeLater().block(WAIT);

      assertThatThrownBy(() -> client.send(envelope(1)).block(WAIT))
          .isInstanceOf(SmtpException.class)
          .hasMessageContaining("disposed");
    }
  }

  @Test
  void disposalSaysQuit() {
    try (SmtpServer server = SmtpServer.start()) {
      sendOne(client(server), envelope(1));
      assertThat(server.transcript()).last().asString().endsWith("QUIT");
    }
  }

  @Test
  void disposalEndsWhatHangsAfterTheGracePeriod() {
    Sinks.Empty<Void> contentArrived = Sinks.empty();
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.CONTENT)
            .when(command -> contentArrived.tryEmitEmpty().isSuccess())
            .hang()
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server, b -> b.pool(p -> p.maxConnections(1)));
      var results = client.sendAll(Flux.range(0, 3).map(SmtpClientIT::envelope)).collectList();
      var pending = results.toFuture();
      contentArrived.asMono().block(WAIT);
      client.disposeLater(Duration.ofMillis(50)).block(WAIT);

      assertThat(pending.join())
          .extracting(SendResult::outcome)
          .containsExactlyInAnyOrder(Outcome.UNKNOWN, Outcome.NOT_SENT, Outcome.NOT_SENT);
    }
  }

  @Test
  void sendAllAsksOnDemand() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server, b -> b.pool(p -> p.maxConnections(1)));
      AtomicLong asked = new AtomicLong();
      Flux<Envelope> endless =
          Flux.<Integer, Integer>generate(
                  () -> 0,
                  (i, sink) -> {
                    sink.next(i);
                    return i + 1;
                  })
              .map(SmtpClientIT::envelope)
              .doOnRequest(asked::addAndGet);
      StepVerifier.create(client.sendAll(endless), 0)
          .thenRequest(5)
          .expectNextCount(5)
          .thenCancel()
          .verify(WAIT);
      client.disposeLater().block(WAIT);

      assertThat(asked.get()).isLessThanOrEqualTo(32);
    }
  }

  @Test
  void anErrorOfTheSourceComesAfterTheResultsOfWhatItGave() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      Flux<Envelope> source =
          Flux.range(0, 3)
              .map(SmtpClientIT::envelope)
              .concatWith(Flux.error(new IllegalStateException("source")));
      StepVerifier.create(client.sendAll(source))
          .expectNextCount(3)
          .expectErrorMessage("source")
          .verify(WAIT);
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void tooManyEnvelopesPendingIsAnError() {
    SmtpScript script = SmtpScript.builder().on(Phase.CONNECT).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server, b -> b.pool(p -> p.maxPending(1)));
      var first = client.send(envelope(1)).toFuture();

      assertThatThrownBy(() -> client.send(envelope(2)).block(WAIT))
          .hasMessageContaining("maxPending");
      client.disposeLater(Duration.ofMillis(1)).block(WAIT);
      assertThat(first.join().outcome()).isEqualTo(Outcome.NOT_SENT);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void bodiesFromFilesAndPublishersArriveWhole(boolean chunking, @TempDir Path directory)
      throws IOException {
    String text = "Subject: big\n\n" + ".line with bare LF\n".repeat(20_000) + "no end";
    Path file = directory.resolve("big.eml");
    Files.writeString(file, text);
    Flux<ByteBuf> pieces =
        Flux.range(0, (text.length() + 6) / 7)
            .map(i -> text.substring(i * 7, Math.min(text.length(), i * 7 + 7)))
            .map(s -> Unpooled.copiedBuffer(s, StandardCharsets.UTF_8));
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server, b -> b.chunking(chunking));
      client.send(envelope(MessageBody.file(file), "file")).block(WAIT);
      client.send(envelope(MessageBody.publisher(pieces), "publisher")).block(WAIT);
      client
          .send(envelope(MessageBody.bytes(text.getBytes(StandardCharsets.UTF_8)), "bytes"))
          .block(WAIT);
      client.disposeLater().block(WAIT);

      String expected = text.replace("\n", "\r\n") + "\r\n";
      assertThat(server.awaitMessages(3, WAIT))
          .allSatisfy(
              m -> assertThat(new String(m.content(), StandardCharsets.UTF_8)).isEqualTo(expected));
    }
  }

  @Test
  void whatTheServerCannotTakeIsRefusedWithAReasonAndNotTried() {
    try (SmtpServer server = SmtpServer.builder().extensions("PIPELINING", "SIZE 100").start()) {
      SmtpClient client = client(server);
      SendResult tooLarge =
          client.send(envelope(MessageBody.text("x".repeat(200)), "a")).block(WAIT);
      SendResult eightBit = client.send(envelope(MessageBody.text("ü"), "a")).block(WAIT);
      SendResult utf8 = client.send(envelope(MessageBody.text("x"), "ü")).block(WAIT);
      client.disposeLater().block(WAIT);

      assertThat(List.of(tooLarge, eightBit, utf8))
          .allMatch(r -> r.outcome() == Outcome.NOT_SENT)
          .allMatch(r -> r.cause() instanceof MessageRefusedException)
          .allMatch(r -> r.attempts() == 1);
      assertThat(tooLarge.cause()).hasMessageContaining("SIZE");
      assertThat(eightBit.cause()).hasMessageContaining("8BITMIME");
      assertThat(utf8.cause()).hasMessageContaining("SMTPUTF8");
      assertThat(server.transcript()).noneMatch(line -> line.contains("MAIL"));
    }
  }
}
