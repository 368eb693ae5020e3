package io.github.reactivesmtp.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each TLS mode does with each kind of server, good, broken or attacked. */
@Timeout(60)
class TlsModeIT {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Envelope MESSAGE =
      Envelope.builder()
          .from("a@example.com")
          .to("b@example.org")
          .body(MessageBody.text("Subject: x\r\n\r\nx\r\n"))
          .build();

  /** What the client meets. */
  private enum Kind {
    GOOD,
    SELF_SIGNED,
    WRONG_HOST,
    EXPIRED,
    NO_STARTTLS,
    REFUSED_FOR_NOW,
    REFUSED_FOR_GOOD,
    INJECTED;

    private X509Bundle certificate() {
      return switch (this) {
        case SELF_SIGNED -> TestCertificates.selfSigned();
        case WRONG_HOST -> TestCertificates.wrongHost();
        case EXPIRED -> TestCertificates.expired();
        default -> TestCertificates.good();
      };
    }

    SmtpServer start(boolean implicit) {
      SmtpServerBuilder server = SmtpServer.builder();
      SslContext tls = TestCertificates.server(certificate());
      SmtpScript.RuleBuilder onStartTls = SmtpScript.builder().on(Phase.STARTTLS);
      return switch (this) {
        case NO_STARTTLS -> server.start();
        case REFUSED_FOR_NOW ->
            server.tls(tls).script(onStartTls.reply(454, "later").build()).start();
        case REFUSED_FOR_GOOD ->
            server.tls(tls).script(onStartTls.reply(502, "no").build()).start();
        case INJECTED ->
            server.tls(tls).script(onStartTls.raw("220 go\r\n250 mine\r\n").build()).start();
        default -> (implicit ? server.implicitTls(tls) : server.tls(tls)).start();
      };
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      REQUIRED      | GOOD             | encrypted
      REQUIRED      | SELF_SIGNED      | error: SERVER is not trusted: its certificate is self-signed
      REQUIRED      | WRONG_HOST       | error: SERVER is not trusted: its certificate is not for 127.0.0.1 but for other.example
      REQUIRED      | EXPIRED          | error: SERVER is not trusted: its certificate expired on 2021-01-01
      REQUIRED      | NO_STARTTLS      | error: SERVER offers no STARTTLS
      REQUIRED      | REFUSED_FOR_NOW  | not sent: SERVER refused STARTTLS: 454
      REQUIRED      | REFUSED_FOR_GOOD | error: SERVER refused STARTTLS: 502
      REQUIRED      | INJECTED         | error: Octets in clear followed the reply of SERVER
      IMPLICIT      | GOOD             | encrypted
      IMPLICIT      | SELF_SIGNED      | error: SERVER is not trusted: its certificate is self-signed
      IMPLICIT      | WRONG_HOST       | error: SERVER is not trusted: its certificate is not for 127.0.0.1 but for other.example
      IMPLICIT      | EXPIRED          | error: SERVER is not trusted: its certificate expired on 2021-01-01
      IMPLICIT      | NO_STARTTLS      | error: SERVER does not begin with TLS
      IMPLICIT      | REFUSED_FOR_NOW  | error: SERVER does not begin with TLS
      IMPLICIT      | REFUSED_FOR_GOOD | error: SERVER does not begin with TLS
      IMPLICIT      | INJECTED         | error: SERVER does not begin with TLS
      OPPORTUNISTIC | GOOD             | encrypted
      OPPORTUNISTIC | SELF_SIGNED      | encrypted
      OPPORTUNISTIC | WRONG_HOST       | encrypted
      OPPORTUNISTIC | EXPIRED          | encrypted
      OPPORTUNISTIC | NO_STARTTLS      | clear
      OPPORTUNISTIC | REFUSED_FOR_NOW  | clear
      OPPORTUNISTIC | REFUSED_FOR_GOOD | clear
      OPPORTUNISTIC | INJECTED         | error: Octets in clear followed the reply of SERVER
      NONE          | GOOD             | clear
      NONE          | SELF_SIGNED      | clear
      NONE          | WRONG_HOST       | clear
      NONE          | EXPIRED          | clear
      NONE          | NO_STARTTLS      | clear
      NONE          | REFUSED_FOR_NOW  | clear
      NONE          | REFUSED_FOR_GOOD | clear
      NONE          | INJECTED         | clear
      """)
  void eachModeMeetsEachServer(TlsMode mode, Kind kind, String expected) {
    try (SmtpServer server = kind.start(mode == TlsMode.IMPLICIT)) {
      assertThat(send(server, client -> client.tls(mode))).startsWith(expected);
      if (!expected.equals("clear") && !expected.equals("encrypted")) {
        // Nothing more was said in clear, not even QUIT.
        assertThat(server.messages()).isEmpty();
        assertThat(server.transcript())
            .noneMatch(line -> line.matches("C1: (MAIL|AUTH|RSET|QUIT).*"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED,false", "IMPLICIT,true"})
  void anyCertificateDoesWhereTheUserSaidSo(TlsMode mode, boolean implicit) {
    try (SmtpServer server = Kind.EXPIRED.start(implicit)) {
      assertThat(send(server, client -> client.tls(mode).tls(TlsOptions::insecureSkipVerify)))
          .isEqualTo("encrypted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whatWasAgreedIsTold(String version) {
    List<TlsDetails> agreed = new CopyOnWriteArrayList<>();
    SmtpObserver observer =
        event -> {
          if (event instanceof ConnectionEvent.Secured secured) {
            agreed.add(secured.tls());
          }
        };
    try (SmtpServer server = speaking(version)) {
      assertThat(send(server, client -> client.observer(observer))).isEqualTo("encrypted");
    }
    assertThat(agreed).hasSize(1);
    assertThat(agreed.get(0).protocol()).isEqualTo(version);
    assertThat(agreed.get(0).isVerified()).isTrue();
    assertThat(agreed.get(0).certificates().get(0).getSubjectX500Principal().getName())
        .isEqualTo("CN=localhost");
  }

  @Test
  void opportunisticTellsWhatItLetPass() {
    List<String> distrust = new CopyOnWriteArrayList<>();
    SmtpObserver observer =
        event -> {
          if (event instanceof ConnectionEvent.Secured secured) {
            distrust.add(secured.tls().distrust().getMessage());
          }
        };
    try (SmtpServer server = Kind.WRONG_HOST.start(false)) {
      assertThat(send(server, client -> client.tls(TlsMode.OPPORTUNISTIC).observer(observer)))
          .isEqualTo("encrypted");
    }
    assertThat(distrust)
        .containsExactly("its certificate is not for 127.0.0.1 but for other.example");
  }

  /** This class runs twice: without and with OpenSSL on the class path. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void openSslIsUsedWhereItIsOnTheClassPath() {
    AtomicReference<Channel> channel = new AtomicReference<>();
    AtomicReference<String> engine = new AtomicReference<>();
    SmtpObserver observer =
        event -> {
          if (event instanceof ConnectionEvent.Secured) {
            SslHandler handler = channel.get().pipeline().get(SslHandler.class);
            engine.set(handler.engine().getClass().getSimpleName());
          }
        };
    try (SmtpServer server = Kind.GOOD.start(false)) {
      send(
          server,
          client ->
              client
                  .observer(observer)
                  .transport(tcp -> tcp.doOnConnected(it -> channel.set(it.channel()))));
    }
    assertThat(engine.get().contains("OpenSsl")).isEqualTo(Boolean.getBoolean("test.openssl"));
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED,error: No TLS with SERVER", "OPPORTUNISTIC,clear"})
  void withoutAVersionInCommon(TlsMode mode, String expected) {
    try (SmtpServer server = speaking("TLSv1.2")) {
      assertThat(send(server, client -> client.tls(mode).tls(tls -> tls.protocols("TLSv1.3"))))
          .startsWith(expected);
    }
  }

  @Test
  void theNameExpectedIsAskedForAndChecked() {
    try (SmtpServer server = Kind.WRONG_HOST.start(false)) {
      assertThat(send(server, client -> client.tls(tls -> tls.serverName("other.example"))))
          .isEqualTo("encrypted");
      assertThat(server.lastServerName()).isEqualTo("other.example");
    }
  }

  @Test
  void aClientCertificateIsShown() throws Exception {
    var keys = TestCertificates.CLIENT.toKeyManagerFactory();
    try (SmtpServer server = Kind.GOOD.start(false)) {
      assertThat(send(server, client -> client.tls(tls -> tls.clientCertificate(keys))))
          .isEqualTo("encrypted");
      assertThat(server.messages().get(0).clientCertificate())
          .isEqualTo(TestCertificates.CLIENT.getCertificate());
    }
  }

  @Test
  void authoritiesMayComeFromAFile(@TempDir Path directory) throws Exception {
    Path pem = directory.resolve("ca.pem");
    Files.writeString(pem, TestCertificates.AUTHORITY.getCertificatePathPEM());
    TlsOptions options = TlsOptions.DEFAULT.trust(pem);
    try (SmtpServer server = Kind.GOOD.start(false)) {
      assertThat(send(server, client -> client.tls(tls -> options))).isEqualTo("encrypted");
      assertThat(send(server, client -> client.tls(tls -> TlsOptions.DEFAULT)))
          .startsWith("error: SERVER is not trusted: its certificate comes from no authority");
    }
  }

  @ParameterizedTest
  @CsvSource({"GOOD,encrypted", "WRONG_HOST,error: SERVER is not trusted: No subject"})
  void aContextMadeElsewhereStillHasTheNameChecked(Kind kind, String expected) throws Exception {
    SslContext context =
        SslContextBuilder.forClient()
            .trustManager(TestCertificates.AUTHORITY.toTrustManagerFactory())
            .endpointIdentificationAlgorithm(null)
            .build();
    try (SmtpServer server = kind.start(false)) {
      assertThat(send(server, client -> client.tls(tls -> tls.context(context))))
          .startsWith(expected);
    }
  }

  @Test
  void aMaskedStartTlsIsRecognised() {
    try (SmtpServer server = SmtpServer.builder().extensions("SIZE", "XXXXXXXA").start()) {
      assertThat(send(server, client -> client)).contains("a firewall on the way");
    }
  }

  /** They may come in a packet of their own, after the client has begun with TLS. */
  @Test
  void octetsInjectedLateAreNoTls() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Void> attack =
          new FutureTask<>(
              () -> {
                injectLate(listener);
                return null;
              });
      new Thread(attack).start();
      SmtpClient.Builder client =
          SmtpClient.builder("127.0.0.1", listener.getLocalPort()).tls(TlsMode.OPPORTUNISTIC);
      assertThat(send(client)).startsWith("error: Octets in clear followed");
      attack.get();
    }
  }

  private static void injectLate(ServerSocket listener) throws IOException {
    try (Socket socket = listener.accept()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      say(socket, "220 hello\r\n");
      assertThat(in.readLine()).startsWith("EHLO");
      say(socket, "250-hello\r\n250 STARTTLS\r\n");
      assertThat(in.readLine()).isEqualTo("STARTTLS");
      say(socket, "220 go\r\n");
      assertThat(in.read()).isNotNegative();
      say(socket, "250 mine\r\n");
      while (in.read() >= 0) {
        // the client's last words, an alert
      }
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static SmtpServer speaking(String version) {
    try {
      SslContext tls =
          SslContextBuilder.forServer(TestCertificates.good().toKeyManagerFactory())
              .protocols(version)
              .build();
      return SmtpServer.builder().tls(tls).start();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What became of a message: how it arrived, or why it did not. */
  private static String send(SmtpServer server, UnaryOperator<SmtpClient.Builder> change) {
    SmtpClient.Builder client = SmtpClient.builder(server.host(), server.port());
    String end = send(change.apply(client.tls(tls -> tls.trust(authority()))));
    if (end.equals("accepted")) {
      List<ReceivedMessage> messages = server.messages();
      assertThat(messages).hasSize(1);
      return messages.get(0).encrypted() ? "encrypted" : "clear";
    }
    return end.replace(server.host() + ":" + server.port(), "SERVER");
  }

  private static String send(SmtpClient.Builder builder) {
    SmtpClient client = builder.maxAttempts(1).build();
    try {
      SendResult result = client.send(MESSAGE).block(WAIT);
      return result.isAccepted() ? "accepted" : "not sent: " + result.cause().getMessage();
    } catch (SmtpTlsException e) {
      return "error: " + e.getMessage();
    } finally {
      client.disposeLater().block(WAIT);
    }
  }

  private static X509Certificate authority() {
    return TestCertificates.AUTHORITY.getCertificate();
  }
}
