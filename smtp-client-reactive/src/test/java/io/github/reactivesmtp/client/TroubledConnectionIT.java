package io.github.reactivesmtp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.logging.LoggingHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.transport.ProxyProvider;

/** Troubles on the way that must end neither in clear nor everything. */
@Timeout(60)
class TroubledConnectionIT {

  private static final Duration WAIT = Duration.ofSeconds(20);

  /** 454 "TLS not available due to temporary reason" (RFC 3207 §4) must not end everything. */
  @Test
  void opportunisticWithCredentialsOutlivesATemporaryRefusalOfStartTls() {
    SslContext tls = TestCertificates.server(TestCertificates.good());
    SmtpScript script = SmtpScript.builder().on(Phase.STARTTLS).reply(454, "later").build();
    try (SmtpServer server =
        SmtpServer.builder().tls(tls).user("ann", "pw").script(script).start()) {
      assertThat(sendOpportunistically(server)).startsWith("not sent: ");
    }
  }

  @Test
  void opportunisticWithCredentialsOutlivesAConnectionLostInTheTlsHandshake() throws Exception {
    try (SmtpServer server =
        SmtpServer.builder()
            .extensions("STARTTLS")
            .script(SmtpScript.builder().on(Phase.STARTTLS).replyThenClose(220, "go").build())
            .start()) {
      assertThat(sendOpportunistically(server)).startsWith("not sent: ");
    }
  }

  /** A handler added the way Netty's own examples do, behind Reactor Netty's. */
  @Test
  void aLoggingHandlerAtTheEndOfThePipelineSeesNoSecret() {
    List<String> log = new CopyOnWriteArrayList<>();
    LoggingHandler tap =
        new LoggingHandler() {
          @Override
          public void write(
              ChannelHandlerContext ctx, Object msg, io.netty.channel.ChannelPromise promise)
              throws Exception {
            log.add(((ByteBuf) msg).toString(UTF_8));
            super.write(ctx, msg, promise);
          }
        };
    try (SmtpServer server =
        SmtpServer.builder().user("ann", "pw").extensions("AUTH PLAIN").start()) {
      assertThat(
              send(
                  SmtpClient.builder(server.host(), server.port())
                      .tls(TlsMode.NONE)
                      .allowCleartextAuth()
                      .credentials(Credentials.password("ann", "pw"))
                      .transport(
                          tcp ->
                              tcp.doOnChannelInit(
                                  (o, channel, a) -> channel.pipeline().addLast(tap)))))
          .isEqualTo("accepted");
    }
    assertThat(String.join("", log))
        .contains("EHLO", "MAIL FROM")
        .doesNotContain(Base64.getEncoder().encodeToString("\0ann\0pw".getBytes(UTF_8)));
  }

  /** A name server that does not answer is not a name that does not exist. */
  @Test
  void aNameServerThatIsSilentEndsNothingForGood() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();
      assertThat(
              send(
                  SmtpClient.builder("mx.example.com", 25)
                      .tls(TlsMode.NONE)
                      .transport(
                          tcp ->
                              tcp.resolver(
                                  spec ->
                                      spec.queryTimeout(Duration.ofMillis(200))
                                          .dnsAddressResolverGroupProvider(
                                              dns ->
                                                  new DnsAddressResolverGroup(
                                                      dns.nameServerProvider(
                                                          new SingletonDnsServerAddressStreamProvider(
                                                              address))))))))
          .startsWith("not sent: ");
    }
  }

  /** The natural way to write a token source that is down. */
  @Test
  void oneErrorSignalledOnEachConnectionKeepsItsWords() {
    SmtpException down = new SmtpException("The vault is down.");
    try (SmtpServer one = SmtpServer.builder().extensions("AUTH XOAUTH2").start();
        SmtpServer two = SmtpServer.builder().extensions("AUTH XOAUTH2").start()) {
      assertThat(
              send(
                  SmtpClient.builder(one.host(), one.port())
                      .failover(two.host(), two.port())
                      .tls(TlsMode.NONE)
                      .allowCleartextAuth()
                      .credentials(Credentials.bearerToken("ann", Mono.error(down)))))
          .isEqualTo("not sent: The vault is down.");
    }
  }

  /** Nobody looked at that certificate; REQUIRETLS must not rely on it. */
  @Test
  void aCertificateNobodyCheckedIsNotVerified() throws Exception {
    SslContext context =
        SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
    List<Boolean> verified = new CopyOnWriteArrayList<>();
    try (SmtpServer server =
        SmtpServer.builder().tls(TestCertificates.server(TestCertificates.wrongHost())).start()) {
      send(
          SmtpClient.builder(server.host(), server.port())
              .tls(tls -> tls.context(context).insecureSkipVerify())
              .observer(
                  event -> {
                    if (event instanceof ConnectionEvent.Secured secured) {
                      verified.add(secured.tls().isVerified());
                    }
                  }));
    }
    assertThat(verified).containsExactly(false);
  }

  /** With implicit TLS what the proxy said is as good a reason as without. */
  @Test
  void whyAProxyRefusedIsTold() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread refusing =
          new Thread(
              () -> {
                try (Socket client = proxy.accept()) {
                  client.getInputStream().read(new byte[1024]);
                  client
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(UTF_8));
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // the client went
                }
              });
      refusing.start();
      assertThat(
              send(
                  SmtpClient.builder("mx.example.com", 465)
                      .tls(TlsMode.IMPLICIT)
                      .transport(
                          tcp ->
                              tcp.proxy(
                                  p ->
                                      p.type(ProxyProvider.Proxy.HTTP)
                                          .host("127.0.0.1")
                                          .port(proxy.getLocalPort())))))
          .startsWith("not sent: ")
          .contains("407");
      refusing.join();
    }
  }

  /** Nothing that a server did: the options allow no TLS at all. */
  @Test
  void aTypoInAProtocolIsNoReasonToSendInClear() {
    try (SmtpServer server =
        SmtpServer.builder().tls(TestCertificates.server(TestCertificates.good())).start()) {
      assertThat(
              send(
                  SmtpClient.builder(server.host(), server.port())
                      .tls(TlsMode.OPPORTUNISTIC)
                      .tls(tls -> tls.protocols("TLS1.2"))))
          .startsWith("error: ");
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void requiredTlsWithATypoInAProtocolIsAnErrorForAll() {
    try (SmtpServer server =
        SmtpServer.builder().tls(TestCertificates.server(TestCertificates.good())).start()) {
      assertThat(
              send(
                  SmtpClient.builder(server.host(), server.port())
                      .tls(tls -> tls.protocols("TLS1.2"))))
          .startsWith("error: ");
    }
  }

  /** TlsMode: "STARTTLS where it is offered, whatever the certificate". */
  @Test
  void opportunisticWithAContextMadeElsewhereEncryptsWhateverTheCertificate() throws Exception {
    SslContext context =
        SslContextBuilder.forClient()
            .trustManager(TestCertificates.AUTHORITY.toTrustManagerFactory())
            .build();
    try (SmtpServer server =
        SmtpServer.builder().tls(TestCertificates.server(TestCertificates.wrongHost())).start()) {
      send(
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.OPPORTUNISTIC)
              .tls(tls -> tls.context(context)));
      assertThat(server.messages()).singleElement().matches(m -> m.encrypted());
    }
  }

  /** close_notify and internal_error: the server goes, or has a trouble of its own just now. */
  @ParameterizedTest
  @ValueSource(strings = {"15030300020100", "15030300020250"})
  void aServerThatBreaksOffTheTlsHandshakeEndsNothingForGood(String alert) throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket client = listener.accept()) {
                  client.getInputStream().read(new byte[1024]);
                  client.getOutputStream().write(HexFormat.of().parseHex(alert));
                  client.shutdownOutput();
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // the client went
                }
              });
      server.start();
      assertThat(
              send(SmtpClient.builder("127.0.0.1", listener.getLocalPort()).tls(TlsMode.IMPLICIT)))
          .startsWith("not sent: ");
      server.join();
    }
  }

  private static String sendOpportunistically(SmtpServer server) {
    return send(
        SmtpClient.builder(server.host(), server.port())
            .tls(TlsMode.OPPORTUNISTIC)
            .credentials(Credentials.password("ann", "pw")));
  }

  private static String send(SmtpClient.Builder builder) {
    SmtpClient client;
    try {
      client = builder.maxAttempts(1).build();
    } catch (IllegalArgumentException e) {
      return "error: " + e;
    }
    try {
      SendResult result = client.send(TestMail.message()).block(WAIT);
      return result.isAccepted() ? "accepted" : "not sent: " + result.cause().getMessage();
    } catch (RuntimeException e) {
      return "error: " + e;
    } finally {
      client.disposeLater().block(WAIT);
    }
  }
}
