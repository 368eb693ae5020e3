package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS (RFC 3207) and TLS from the first octet (RFC 8314). */
@Timeout(60)
class TlsIT {

  private static final String MESSAGE = "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nBDAT 5 LAST\r\nhello";

  private static SmtpServer scripted(UnaryOperator<SmtpScript.Builder> rules) {
    return SmtpServer.builder()
        .tls(TestTls.server())
        .script(rules.apply(SmtpScript.builder()).build())
        .start();
  }

  private static SmtpServer startTls() {
    return SmtpServer.builder().tls(TestTls.server()).start();
  }

  @Test
  void takesAMessageAfterStartTls() throws IOException {
    try (SmtpServer server = startTls();
        RawClient client = RawClient.secured(server, TestTls.client())) {
      assertThat(client.ask("EHLO x")).isEqualTo(250);
      assertThat(client.send(MESSAGE).codes(3)).containsExactly(250, 250, 250);
      assertThat(client.ask("QUIT")).isEqualTo(221);
      assertThat(client.rest()).isEmpty();
      assertThat(server.messages())
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.text()).isEqualTo("hello");
                assertThat(message.encrypted()).isTrue();
                assertThat(message.clientCertificate()).isNull();
              });
      assertThat(server.tlsConnections()).isEqualTo(1);
      assertThat(server.lastServerName()).isEqualTo(TestTls.SERVER_NAME);
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void takesAMessageOverImplicitTls() throws IOException {
    try (SmtpServer server = SmtpServer.builder().implicitTls(TestTls.server()).start();
        RawClient client = RawClient.connect(server).handshake(TestTls.identifiedClient())) {
      assertThat(client.code()).isEqualTo(220);
      assertThat(client.send("EHLO x\r\n").reply()).doesNotContain("STARTTLS");
      assertThat(client.send(MESSAGE).codes(3)).containsExactly(250, 250, 250);
      assertThat(server.messages())
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.encrypted()).isTrue();
                assertThat(message.clientCertificate()).isEqualTo(TestTls.CLIENT.getCertificate());
              });
    }
  }

  @Test
  void takesAMessageInClearAllTheSame() throws IOException {
    try (SmtpServer server = startTls();
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.send(MESSAGE).codes(3)).containsExactly(250, 250, 250);
      assertThat(server.messages()).singleElement().matches(message -> !message.encrypted());
      assertThat(server.tlsConnections()).isZero();
      assertThat(server.lastServerName()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AUTH PLAIN, ,            AUTH PLAIN|STARTTLS, AUTH PLAIN",
    "AUTH PLAIN, DSN,         DSN|STARTTLS,        AUTH PLAIN",
    "DSN,        AUTH PLAIN,  AUTH PLAIN|STARTTLS, DSN",
    "STARTTLS,   DSN|STARTTLS, DSN|STARTTLS,       ",
  })
  void offersOtherExtensionsOverTls(String overTls, String inClear, String before, String after)
      throws IOException {
    SmtpServerBuilder builder =
        SmtpServer.builder().tls(TestTls.server()).extensions(overTls.split("\\|"));
    if (inClear != null) {
      builder.extensionsInClear(inClear.split("\\|"));
    }
    try (SmtpServer server = builder.start();
        RawClient client = RawClient.connect(server)) {
      client.code();
      assertThat(keywords(client)).isEqualTo(before);
      client.ask("STARTTLS");
      client.handshake(TestTls.client());
      assertThat(keywords(client)).isEqualTo(after == null ? "" : after);
      assertThat(client.ask("STARTTLS")).isEqualTo(503);
    }
  }

  private static String keywords(RawClient client) throws IOException {
    List<String> lines = client.send("EHLO x\r\n").reply().lines().toList();
    return lines.stream()
        .skip(1)
        .map(line -> line.substring(4))
        .reduce((a, b) -> a + "|" + b)
        .orElse("");
  }

  /** What was said before TLS, and what is answered after it to the second command. */
  @ParameterizedTest
  @CsvSource({
    "RSET,                                MAIL FROM:<a@b>,   503",
    "MAIL FROM:<a@b>,                     RCPT TO:<c@d>,     503",
    "AUTH PLAIN AHVzZXIAc2VjcmV0,         AUTH PLAIN AHVzZXIAc2VjcmV0, 502",
    "MAIL FROM:<a@b>,                     EHLO x|MAIL FROM:<a@b>, 250 250",
    "AUTH PLAIN AHVzZXIAc2VjcmV0,         EHLO x|AUTH PLAIN AHVzZXIAc2VjcmV0, 250 235",
  })
  void forgetsWhatWasSaidBefore(String before, String after, String codes) throws IOException {
    try (SmtpServer server =
            SmtpServer.builder().tls(TestTls.server()).extensions("AUTH PLAIN").start();
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.ask(before)).isBetween(200, 299);
      assertThat(client.ask("STARTTLS")).isEqualTo(220);
      client.handshake(TestTls.client());
      List<String> expected = List.of(codes.split(" ", -1));
      client.send(after.replace("|", "\r\n") + "\r\n");
      assertThat(client.codes(expected.size())).map(String::valueOf).isEqualTo(expected);
    }
  }

  /** RFC 3207 §6, CVE-2011-0411: nothing that came in clear is taken for something from TLS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOOP\r\n",
        "EHLO evil\r\nMAIL FROM:<evil@x>\r\n",
        "EHLO evil\r\nMAIL FROM:<evil@x>\r\nRCPT TO:<c@d>\r\nBDAT 4 LAST\r\nevil",
        "NOO",
        "\u0016\u0003\u0001"
      })
  void forgetsWhatCameInClearBehindStartTls(String injected) throws IOException {
    try (SmtpServer server = startTls();
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.send("STARTTLS\r\n" + injected).code()).isEqualTo(220);
      client.handshake(TestTls.client());
      assertThat(client.send("MAIL FROM:<a@b>\r\n").reply()).isEqualTo("503 Send EHLO first");
      assertThat(server.messages()).isEmpty();
      assertThat(server.transcript())
          .containsExactly("C1: EHLO client.example", "C1: STARTTLS", "C1: MAIL FROM:<a@b>");
    }
  }

  /** The 220 takes its time, and the injection comes meanwhile. */
  @Test
  void forgetsWhatCameInClearBeforeALate220() throws IOException {
    try (SmtpServer server =
            scripted(
                s -> s.on(Phase.STARTTLS).delay(Duration.ofMillis(50)).thenReply(220, "go on"));
        RawClient client = RawClient.greeted(server)) {
      client.send("STARTTLS\r\nNOOP\r\n");
      assertThat(client.reply()).isEqualTo("220 go on");
      client.handshake(TestTls.client());
      assertThat(client.send("EHLO x\r\n").reply()).startsWith("250-testkit.example");
    }
  }

  @ParameterizedTest
  @CsvSource({"454, 4.7.0 not now", "501, 5.5.4 no parameters", "502, 5.5.1 what", "250, 2.0.0 no"})
  void refusesByScriptAndStaysInClear(int code, String text) throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.STARTTLS).once().reply(code, text));
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.ask("STARTTLS")).isEqualTo(code);
      assertThat(client.ask("MAIL FROM:<a@b>")).isEqualTo(250);
      assertThat(client.ask("STARTTLS")).isEqualTo(220);
      assertThat(client.handshake(TestTls.client()).ask("EHLO x")).isEqualTo(250);
    }
  }

  @Test
  void answersLikeTheScriptAndThenStartsTls() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.STARTTLS).splitEveryByte(220, "a", "b"));
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.send("STARTTLS\r\n").reply()).isEqualTo("220-a\n220 b");
      assertThat(client.handshake(TestTls.client()).ask("EHLO x")).isEqualTo(250);
    }
  }

  /** What an attacker between client and server would do (RFC 3207 §6, turned around). */
  @Test
  void injectsInClearAndThenStartsTls() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.STARTTLS).raw("220 go\r\n250 injected\r\n"));
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.send("STARTTLS\r\n").reply()).isEqualTo("220 go");
      assertThat(client.reply()).isEqualTo("250 injected");
      assertThat(client.handshake(TestTls.client()).ask("EHLO x")).isEqualTo(250);
    }
  }

  @Test
  void hidesStartTlsByScript() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.EHLO).advertise("PIPELINING"));
        RawClient client = RawClient.connect(server)) {
      client.code();
      assertThat(keywords(client)).isEqualTo("PIPELINING");
      assertThat(client.ask("STARTTLS")).isEqualTo(502);
    }
  }

  @Test
  void says454WhereItOffersTlsAndHasNone() throws IOException {
    try (SmtpServer server = SmtpServer.builder().extensions("STARTTLS").start();
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.ask("STARTTLS")).isEqualTo(454);
    }
  }

  @Test
  void closesAndBreaksOffInsteadOfStartingTls() throws IOException {
    try (SmtpServer closing = scripted(s -> s.on(Phase.STARTTLS).close());
        SmtpServer resetting = scripted(s -> s.on(Phase.STARTTLS).reset());
        SmtpServer going = scripted(s -> s.on(Phase.STARTTLS).replyThenClose(220, "and gone"));
        SmtpServer hanging = scripted(s -> s.on(Phase.STARTTLS).hang())) {
      try (RawClient client = RawClient.greeted(closing)) {
        assertThat(client.send("STARTTLS\r\n").rest()).isEmpty();
      }
      try (RawClient client = RawClient.greeted(resetting)) {
        client.send("STARTTLS\r\n");
        assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      }
      try (RawClient client = RawClient.greeted(going)) {
        assertThat(client.send("STARTTLS\r\n").rest()).isEqualTo("220 and gone\r\n");
      }
      try (RawClient client = RawClient.greeted(hanging)) {
        client.send("STARTTLS\r\n").socket().shutdownOutput();
        assertThat(client.rest()).isEmpty();
      }
    }
  }

  /** TLS says goodbye before FIN, and does not before RST. */
  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECT", "EHLO", "MAIL", "NOOP"})
  void endsAConnectionOverTls(Phase phase) throws IOException {
    for (boolean orderly : new boolean[] {true, false}) {
      SmtpScript.RuleBuilder rule = SmtpScript.builder().on(phase);
      SmtpScript script = (orderly ? rule.close() : rule.reset()).build();
      try (SmtpServer server =
              SmtpServer.builder().implicitTls(TestTls.server()).script(script).start();
          RawClient client = RawClient.connect(server).handshake(TestTls.client())) {
        assertThatThrownBy(
                () -> {
                  client.code();
                  client.ask("EHLO x");
                  client.ask("NOOP");
                  client.ask("MAIL FROM:<a@b>");
                })
            .isInstanceOf(IOException.class)
            .matches(failure -> failure.getMessage().startsWith("closed after") == orderly);
        assertThat(server.failures()).isEmpty();
      }
    }
  }

  @Test
  void aClientThatDistrustsTheServerIsNoFailure() throws IOException {
    // One thread each: what the last connection is told was noticed of those before it.
    try (SmtpServer server =
            SmtpServer.builder().tls(TestTls.server()).eventLoopThreads(1).start();
        SmtpServer implicit =
            SmtpServer.builder().implicitTls(TestTls.server()).eventLoopThreads(1).start()) {
      assertThatThrownBy(() -> RawClient.secured(server, TestTls.distrustfulClient()))
          .isInstanceOf(SSLHandshakeException.class);
      try (RawClient client = RawClient.connect(implicit)) {
        assertThatThrownBy(() -> client.handshake(TestTls.distrustfulClient()))
            .isInstanceOf(SSLException.class);
      }
      try (RawClient client = RawClient.connect(implicit)) {
        client.send("EHLO x\r\n"); // in clear, where TLS is expected
        client.rest();
      }
      try (RawClient last = RawClient.secured(server, TestTls.client())) {
        assertThat(last.ask("NOOP")).isEqualTo(250);
      }
      try (RawClient last = RawClient.connect(implicit).handshake(TestTls.client())) {
        assertThat(last.code()).isEqualTo(220);
      }
      assertThat(server.tlsConnections()).isEqualTo(1);
      assertThat(implicit.tlsConnections()).isEqualTo(1);
      assertThat(server.failures()).isEmpty();
      assertThat(implicit.failures()).isEmpty();
    }
  }

  @Test
  void splitsRepliesOverTlsToo() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.NOOP).splitEveryByte(250, "one", "two"));
        RawClient client = RawClient.secured(server, TestTls.client())) {
      assertThat(client.send("NOOP\r\nNOOP\r\n").reply()).isEqualTo("250-one\n250 two");
      assertThat(client.reply()).isEqualTo("250-one\n250 two");
    }
  }

  @Test
  void refusesAContextForClients() throws SSLException {
    SmtpServerBuilder builder = SmtpServer.builder();
    SslContext context = SslContextBuilder.forClient().build();
    assertThatThrownBy(() -> builder.tls(context)).isInstanceOf(IllegalArgumentException.class);
  }
}
