package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.guard.LeftoverGuard;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** However an envelope ends, no permit is lost, and disposal leaves no connection and no timer. */
@Timeout(120)
class NothingLeftIT {

  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String TEXT = "Subject: x\r\n\r\nx\r\n";
  private static final int CONNECTIONS = 3;
  private static final int REFUSALS = 1000;

  private final List<SmtpClient> clients = new ArrayList<>();

  /** One test's failure is no other's. */
  @AfterEach
  void disposeAll() {
    clients.forEach(client -> client.disposeLater(Duration.ofMillis(1)).block(WAIT));
  }

  private static Arguments ending(String name, SmtpScript.Builder script, Outcome outcome) {
    return Arguments.of(name, script.build(), outcome);
  }

  private static SmtpScript.RuleBuilder once(Phase phase) {
    return SmtpScript.builder().on(phase).once();
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        ending("accepted", once(Phase.RSET).answerNormally(), Outcome.ACCEPTED),
        ending("refused", once(Phase.MAIL).reply(550, "no"), Outcome.REJECTED),
        ending("refused later", once(Phase.CONTENT).reply(451, "later"), Outcome.DEFERRED),
        ending("no greeting", once(Phase.CONNECT).hang(), Outcome.ACCEPTED),
        ending(
            "421 for a greeting",
            once(Phase.CONNECT).replyThenClose(421, "busy"),
            Outcome.ACCEPTED),
        ending("closed in the handshake", once(Phase.EHLO).close(), Outcome.ACCEPTED),
        ending("reset in the handshake", once(Phase.EHLO).reset(), Outcome.ACCEPTED),
        ending("reset at MAIL", once(Phase.MAIL).reset(), Outcome.ACCEPTED),
        ending("no answer to RCPT", once(Phase.RCPT).hang(), Outcome.ACCEPTED),
        ending("421 for DATA", once(Phase.DATA).replyThenClose(421, "bye"), Outcome.ACCEPTED),
        ending("reset in mid-content", once(Phase.MID_CONTENT).reset(), Outcome.UNKNOWN),
        ending("no answer to the content", once(Phase.CONTENT).hang(), Outcome.UNKNOWN),
        ending("reset at the content's end", once(Phase.CONTENT).reset(), Outcome.UNKNOWN),
        ending("garbage", once(Phase.CONTENT).raw("???\r\n"), Outcome.UNKNOWN),
        ending("no answer to QUIT", once(Phase.QUIT).hang(), Outcome.ACCEPTED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void afterAnEnding(String name, SmtpScript script, Outcome outcome) throws Exception {
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server.port());
      SendResult result = client.send(envelope(MessageBody.text(TEXT))).block(WAIT);
      assertThat(result.outcome()).isEqualTo(outcome);

      assertAllConnectionsCanBeHad(client);
      assertNothingIsLeft(client, server);
    }
  }

  /** Cancelled while the server holds back its answer in that phase. */
  @ParameterizedTest
  @EnumSource(names = {"EHLO", "MAIL", "DATA"})
  void afterCancellingWithoutAnAnswer(Phase phase) throws Exception {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    try (SmtpServer server = SmtpServer.builder().script(hanging(phase, reached)).start()) {
      SmtpClient client = client(server.port());
      Disposable sending = client.send(envelope(MessageBody.text(TEXT))).subscribe();
      reached.get(WAIT.toSeconds(), TimeUnit.SECONDS);
      sending.dispose();

      assertAllConnectionsCanBeHad(client);
      assertNothingIsLeft(client, server);
    }
  }

  /** Cancelled while the client waits for content. */
  @Test
  void afterCancellingWithoutContent() throws Exception {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server.port());
      Disposable sending =
          client.send(envelope(content(() -> reached.complete(null), Mono.never()))).subscribe();
      reached.get(WAIT.toSeconds(), TimeUnit.SECONDS);
      sending.dispose();

      assertAllConnectionsCanBeHad(client);
      assertNothingIsLeft(client, server);
    }
  }

  /** Disposed with no patience while the server holds back its answer in that phase. */
  @ParameterizedTest
  @MethodSource("disposed")
  void afterDisposal(Phase phase, Outcome outcome) throws Exception {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    try (SmtpServer server = SmtpServer.builder().script(hanging(phase, reached)).start()) {
      SmtpClient client = patientClient(server.port());
      CompletableFuture<SendResult> result =
          client.send(envelope(MessageBody.text(TEXT))).toFuture();
      reached.get(WAIT.toSeconds(), TimeUnit.SECONDS);

      client.disposeLater(Duration.ofMillis(1)).block(WAIT);
      assertThat(result.get(WAIT.toSeconds(), TimeUnit.SECONDS).outcome()).isEqualTo(outcome);
      assertNothingIsLeft(client, server);
    }
  }

  static Stream<Arguments> disposed() {
    return Stream.of(
        Arguments.of(Phase.EHLO, Outcome.NOT_SENT),
        Arguments.of(Phase.MAIL, Outcome.NOT_SENT),
        Arguments.of(Phase.DATA, Outcome.NOT_SENT));
  }

  /** The pool below the dispatcher, whose waiting between attempts would make this take hours. */
  @Test
  void afterAThousandRefusedConnections() throws Exception {
    int port = unusedPort();
    ClientOptions options = new TestOptions().to(ServerAddress.tcp("127.0.0.1", port)).build();
    SessionPool pool =
        new SessionPool(options.pool().maxConnections(CONNECTIONS), new SessionConnector(options));
    Long failures =
        Flux.range(0, REFUSALS)
            .flatMap(
                i -> pool.withSession(session -> Mono.empty()).then(Mono.just(0)).onErrorReturn(1),
                CONNECTIONS)
            .filter(failed -> failed == 1)
            .count()
            .block(WAIT);
    assertThat(failures).isEqualTo(REFUSALS);

    try (SmtpServer server = SmtpServer.builder().port(port).start()) {
      AtomicInteger held = new AtomicInteger();
      Sinks.Empty<Void> all = Sinks.empty();
      Flux.range(0, CONNECTIONS)
          .flatMap(
              i ->
                  pool.withSession(
                      session -> {
                        if (held.incrementAndGet() == CONNECTIONS) {
                          all.tryEmitEmpty();
                        }
                        return all.asMono();
                      }))
          .blockLast(WAIT);
      assertThat(server.connections()).isEqualTo(CONNECTIONS);
      pool.disposeLater().block(WAIT);
      assertThat(LeftoverGuard.await()).isEmpty();
    }
  }

  private static SmtpScript hanging(Phase phase, CompletableFuture<Void> reached) {
    return SmtpScript.builder()
        .on(phase)
        .when(command -> reached.complete(null))
        .once()
        .hang()
        .build();
  }

  private static void assertNothingIsLeft(SmtpClient client, SmtpServer server) throws Exception {
    client.disposeLater().block(WAIT);
    assertThat(LeftoverGuard.await()).isEmpty();
    assertThat(server.openConnections()).isZero();
  }

  /**
   * As many messages at once as the client may have connections: none goes on before all are begun.
   */
  private static void assertAllConnectionsCanBeHad(SmtpClient client) {
    AtomicInteger begun = new AtomicInteger();
    Sinks.Empty<Void> all = Sinks.empty();
    Runnable onBegin =
        () -> {
          if (begun.incrementAndGet() == CONNECTIONS) {
            all.tryEmitEmpty();
          }
        };
    List<SendResult> results =
        client
            .sendAll(Flux.range(0, CONNECTIONS).map(i -> envelope(content(onBegin, all.asMono()))))
            .collectList()
            .block(WAIT);
    assertThat(results)
        .hasSize(CONNECTIONS)
        .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED));
  }

  /** Content that says when it is asked for, and comes when it may. */
  private static MessageBody content(Runnable onBegin, Mono<Void> may) {
    Mono<ByteBuf> octets =
        Mono.fromSupplier(
            () -> Unpooled.copiedBuffer("Subject: y\r\n\r\ny\r\n", StandardCharsets.US_ASCII));
    return MessageBody.repeatable(
        Flux.defer(
            () -> {
              onBegin.run();
              return may.thenMany(octets);
            }));
  }

  private static Envelope envelope(MessageBody body) {
    return Envelope.builder().from("a@example.com").to("b@example.org").body(body).build();
  }

  private SmtpClient client(int port) {
    return built(
        builder(port)
            .timeouts(
                limits ->
                    limits
                        .greeting(SHORT)
                        .command(SHORT)
                        .dataInitiation(SHORT)
                        .dataBlock(SHORT)
                        .dataTermination(SHORT)));
  }

  private SmtpClient patientClient(int port) {
    return built(builder(port));
  }

  private SmtpClient built(SmtpClient.Builder builder) {
    SmtpClient client = builder.build();
    clients.add(client);
    return client;
  }

  private static SmtpClient.Builder builder(int port) {
    return SmtpClient.builder("127.0.0.1", port)
        .tls(TlsMode.NONE)
        .chunking(false)
        .pool(pool -> pool.maxConnections(CONNECTIONS));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }
}
