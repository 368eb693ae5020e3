package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.transport.ProxyProvider;

/** How the client gets to a server: by proxies, from chosen addresses, to the next if one fails. */
@Timeout(60)
class ReachingIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  // --- several servers

  /** What may be wrong with the first of two servers, before it has taken anything. */
  private enum Trouble {
    GREETS_421,
    GREETS_554,
    HANGS_UP,
    RESETS,
    EHLO_421,
    MAIL_421,
    RCPT_421,
    MAIL_HANGS_UP;

    SmtpServer start() {
      SmtpScript.Builder script = SmtpScript.builder();
      switch (this) {
        case GREETS_421 -> script.on(Phase.CONNECT).replyThenClose(421, "busy");
        case GREETS_554 -> script.on(Phase.CONNECT).reply(554, "no mail here");
        case HANGS_UP -> script.on(Phase.CONNECT).close();
        case RESETS -> script.on(Phase.CONNECT).reset();
        case EHLO_421 -> script.on(Phase.EHLO).replyThenClose(421, "going down");
        case MAIL_421 -> script.on(Phase.MAIL).replyThenClose(421, "going down");
        case RCPT_421 -> script.on(Phase.RCPT).replyThenClose(421, "going down");
        case MAIL_HANGS_UP -> script.on(Phase.MAIL).times(1).close();
      }
      return SmtpServer.builder().script(script.build()).start();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"MAIL_HANGS_UP"},
      mode = EnumSource.Mode.EXCLUDE)
  void theNextServerGetsWhatTheFirstCannotTake(Trouble trouble) {
    try (SmtpServer first = trouble.start();
        SmtpServer second = SmtpServer.start()) {
      List<SendResult> results = send(10, first, second);
      assertThat(results).hasSize(10).allMatch(SendResult::isAccepted);
      assertThat(results).allMatch(r -> port(r) == second.port());
      assertThat(second.messages()).hasSize(10);
      assertThat(first.messages()).isEmpty();
      // It is left alone for a while, not asked by each new connection.
      assertThat(first.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void theFirstServerKeepsTheMailAfterAChanceLoss() {
    try (SmtpServer first = Trouble.MAIL_HANGS_UP.start();
        SmtpServer second = SmtpServer.start()) {
      assertThat(send(5, first, second)).allMatch(SendResult::isAccepted);
      assertThat(first.messages()).hasSize(5);
      assertThat(second.connections()).isZero();
    }
  }

  @Test
  void aClosedPortAndAnUnknownNameAreSteppedOver() throws IOException {
    try (SmtpServer last = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder("no-such-host.invalid", 25)
              .failover("127.0.0.1", closedPort())
              .failover(last.host(), last.port())
              .tls(TlsMode.NONE)
              .build();
      assertThat(client.send(envelope(1)).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void whenAllFailTheResultNamesThemAll() throws IOException {
    int one = closedPort();
    int other = closedPort();
    SmtpClient client =
        SmtpClient.builder("127.0.0.1", one)
            .failover("127.0.0.1", other)
            .tls(TlsMode.NONE)
            .maxAttempts(1)
            .build();
    SendResult result = client.send(envelope(1)).block(WAIT);
    client.disposeLater().block(WAIT);
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause()).hasMessageContaining(":" + other);
    assertThat(result.cause().getSuppressed())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining(":" + one));
  }

  @Test
  void anUnknownNameBehindAServerThatMayComeUpIsNoError() throws IOException {
    int closed = closedPort();
    SmtpClient client =
        SmtpClient.builder("127.0.0.1", closed)
            .failover("no-such-host.invalid", 25)
            .tls(TlsMode.NONE)
            .maxAttempts(1)
            .build();
    SendResult result = client.send(envelope(1)).block(WAIT);
    client.disposeLater().block(WAIT);
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause()).hasMessageContaining(":" + closed);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatNobodyCanKnowIsNotSentElsewhere(boolean taken) {
    SmtpScript.RuleBuilder onContent = SmtpScript.builder().on(Phase.CONTENT).once();
    SmtpScript script = (taken ? onContent.accepting() : onContent).reset().build();
    try (SmtpServer first = SmtpServer.builder().script(script).start();
        SmtpServer second = SmtpServer.start()) {
      assertThat(send(1, first, second).get(0).outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(second.messages()).isEmpty();
      assertThat(first.messages()).hasSize(taken ? 1 : 0);
    }
  }

  @Test
  void withoutTlsAtTheFirstNobodyGetsAnything() {
    try (SmtpServer first = SmtpServer.start();
        SmtpServer second = SmtpServer.start()) {
      SmtpClient client =
          SmtpClient.builder(first.host(), first.port())
              .failover(second.host(), second.port())
              .build();
      assertThatThrownBy(() -> client.send(envelope(1)).block(WAIT))
          .isInstanceOf(SmtpTlsException.class);
      client.disposeLater().block(WAIT);
      assertThat(second.connections()).isZero();
    }
  }

  private static List<SendResult> send(int count, SmtpServer first, SmtpServer second) {
    SmtpClient client =
        SmtpClient.builder(first.host(), first.port())
            .failover(second.host(), second.port())
            .tls(TlsMode.NONE)
            .chunking(false) // the content waits for 354, so that it is known not to have left
            .pool(pool -> pool.maxConnections(2))
            .build();
    Flux<Envelope> envelopes = Flux.range(1, count).map(ReachingIT::envelope);
    List<SendResult> results = client.sendAll(envelopes).collectList().block(WAIT);
    client.disposeLater().block(WAIT);
    return results;
  }

  private static int port(SendResult result) {
    return ((InetSocketAddress) result.server()).getPort();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  // --- proxies

  @ParameterizedTest
  @EnumSource(ProxyProvider.Proxy.class)
  void throughAProxyThatResolvesTheName(ProxyProvider.Proxy type) throws IOException {
    try (SmtpServer server = SmtpServer.start();
        TestProxy proxy = new TestProxy()) {
      SmtpClient client =
          SmtpClient.builder("mx.far-away.example", server.port())
              .tls(TlsMode.NONE)
              .transport(tcp -> tcp.proxy(p -> p.type(type).host("127.0.0.1").port(proxy.port())))
              .build();
      assertThat(client.send(envelope(1)).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
      assertThat(proxy.asked()).containsExactly(type + " mx.far-away.example:" + server.port());
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws IOException {
    int port = closedPort();
    SmtpClient client =
        SmtpClient.builder("mx.far-away.example", 25)
            .tls(TlsMode.NONE)
            .maxAttempts(1)
            .transport(
                tcp ->
                    tcp.proxy(p -> p.type(ProxyProvider.Proxy.SOCKS5).host("127.0.0.1").port(port)))
            .build();
    SendResult result = client.send(envelope(1)).block(WAIT);
    client.disposeLater().block(WAIT);
    assertThat(result.cause())
        .hasMessageContaining("mx.far-away.example:25 through the proxy")
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void tlsThroughAProxyChecksTheServersName() throws IOException {
    try (SmtpServer server =
            SmtpServer.builder()
                .implicitTls(TestCertificates.server(TestCertificates.wrongHost()))
                .start();
        TestProxy proxy = new TestProxy()) {
      SmtpClient client =
          SmtpClient.builder("other.example", server.port())
              .tls(TlsMode.IMPLICIT)
              .tls(tls -> tls.trust(TestCertificates.AUTHORITY.getCertificate()))
              .transport(
                  tcp ->
                      tcp.proxy(
                          p ->
                              p.type(ProxyProvider.Proxy.SOCKS5)
                                  .host("127.0.0.1")
                                  .port(proxy.port())))
              .build();
      assertThat(client.send(envelope(1)).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
    }
  }

  // --- addresses

  @Test
  void connectsFromTheGivenAddressesInTurn() throws IOException {
    List<String> local = new CopyOnWriteArrayList<>();
    InetAddress[] sources = {
      InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.3")
    };
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client =
          client(
              server,
              builder ->
                  builder
                      .sourceAddresses(sources)
                      .observer(
                          event -> {
                            if (event instanceof ConnectionEvent.Connected connected) {
                              local.add(host(connected));
                            }
                          }));
      IntStream.range(0, 4).forEach(i -> client.noop().block(WAIT));
      client.disposeLater().block(WAIT);
    }
    assertThat(local).containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3");
  }

  private static String host(ConnectionEvent.Connected connected) {
    return ((InetSocketAddress) connected.local()).getAddress().getHostAddress();
  }

  @Test
  void speaksToIpv6() {
    try (SmtpServer server = SmtpServer.builder().host("::1").start()) {
      SmtpClient client = SmtpClient.builder("::1", server.port()).tls(TlsMode.NONE).build();
      assertThat(client.send(envelope(1)).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
    }
  }

  private static SmtpClient client(SmtpServer server, UnaryOperator<SmtpClient.Builder> change) {
    return change.apply(SmtpClient.builder(server.host(), server.port()).tls(TlsMode.NONE)).build();
  }

  private static Envelope envelope(int i) {
    return Envelope.builder()
        .from("from@example.com")
        .to("to" + i + "@example.org")
        .body(MessageBody.text("Subject: " + i + "\r\n\r\n" + i + "\r\n"))
        .build();
  }
}
