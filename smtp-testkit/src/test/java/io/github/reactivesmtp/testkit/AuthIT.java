package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramServerErrorException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH (RFC 4954) against users that the server knows. */
@Timeout(60)
class AuthIT {

  private static final String MESSAGE = "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n.\r\n";

  private static SmtpServer server;

  private static SmtpServerBuilder knowing() {
    return SmtpServer.builder()
        .extensions(
            "ENHANCEDSTATUSCODES",
            "AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER EXTERNAL X-OWN SCRAM-SHA-1"
                + " SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS")
        .user("tim", "secret")
        .user("käthe", "pa ßwort")
        .token("tim", "tok");
  }

  private static SmtpServer scripted(UnaryOperator<SmtpScript.Builder> rules) {
    return knowing().script(rules.apply(SmtpScript.builder()).build()).start();
  }

  @BeforeAll
  static void start() {
    server = knowing().tls(TestTls.server()).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What stands in braces is sent as base64: {@code ~} for NUL, {@code ^} for octet 1. */
  private static String encoded(String lines) {
    return Pattern.compile("\\{([^}]*)}")
        .matcher(lines)
        .replaceAll(
            (MatchResult text) -> base64(text.group(1).replace('~', '\0').replace('^', '\1')));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String codes(RawClient client, String lines) throws IOException {
    StringBuilder codes = new StringBuilder();
    for (String line : List.of(encoded(lines).split("\\|", -1))) {
      codes.append(' ').append(client.ask(line.strip()));
    }
    return codes.substring(1);
  }

  /** Lines separated by |, and the replies. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "AUTH PLAIN {~tim~secret};               235",
        "AUTH plain {~tim~secret};               235",
        "AUTH PLAIN|{~tim~secret};               334 235",
        "AUTH PLAIN {~käthe~pa ßwort};           235",
        "AUTH PLAIN {~tim~wrong};                535",
        "AUTH PLAIN {~tim~wrong}|AUTH PLAIN {~tim~secret}; 535 235",
        "AUTH PLAIN|*|AUTH PLAIN {~tim~secret};  334 501 235",
        "AUTH PLAIN|!!!|NOOP;                    334 501 250",
        "AUTH PLAIN|YQ|NOOP;                     334 501 250",
        "AUTH PLAIN|=|NOOP;                      334 501 250",
        "AUTH PLAIN =;                           535",
        "AUTH PLAIN !!!;                         501",
        "AUTH PLAIN|;                            334 535",
        "AUTH LOGIN|{tim}|{secret};              334 334 235",
        "AUTH LOGIN {tim}|{secret};              334 235",
        "AUTH LOGIN|{tim}|{wrong};               334 334 535",
        "AUTH LOGIN|{tim}|*;                     334 334 501",
        "AUTH CRAM-MD5|{tim 00};                 334 535",
        "AUTH CRAM-MD5 {tim 00};                 501",
        "AUTH XOAUTH2 {user=tim^auth=Bearer tok^^}; 235",
        "AUTH XOAUTH2|{user=tim^auth=Bearer tok^^}; 334 235",
        "AUTH XOAUTH2 {user=tim^auth=Bearer old^^}|; 334 535",
        "AUTH XOAUTH2 {user=tim^auth=Bearer old^^}|*; 334 501",
        "AUTH OAUTHBEARER {n,a=tim,^auth=Bearer tok^^}; 235",
        "AUTH OAUTHBEARER {n,a=tim,^auth=Bearer old^^}|{^}; 334 535",
        "AUTH EXTERNAL =;                        535",
        "AUTH SCRAM-SHA-1 {n,,n=tim,r=x}|{c=biws,r=x,p=AAAA}|; 334 334 535",
        "AUTH X-OWN;                             504",
        "AUTH GSSAPI;                            504",
        "AUTH PLAIN {~tim~secret}|AUTH PLAIN {~tim~secret}; 235 503",
        "MAIL FROM:<a@b>|AUTH PLAIN {~tim~secret}; 250 503",
      })
  void verifiesWhatClientsSay(String lines, String codes) throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      assertThat(codes(client, lines)).isEqualTo(codes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "AUTH PLAIN {~tim~wrong};  535 5.7.8 Authentication credentials invalid",
        "AUTH PLAIN {~tim~secret}; 235 2.7.0 Authentication successful",
        "AUTH CRAM-MD5 {tim 00};   501 5.5.4 Syntax error in parameters or arguments",
      })
  void saysItLikeThis(String line, String reply) throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      assertThat(client.send(encoded(line) + "\r\n").reply()).isEqualTo(reply);
    }
  }

  /** The client is another implementation, which checks the server's signature as well. */
  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"})
  void speaksScramWithAnotherImplementation(String mechanism) throws Exception {
    try (RawClient client = RawClient.secured(server, TestTls.client())) {
      client.ask("EHLO x");
      ScramClient scram = scram(mechanism, "pa ßwort");
      assertThat(scram.getScramMechanism().getName()).isEqualTo(mechanism);
      scram.serverFirstMessage(challengeTo(client, scram, mechanism));
      scram.serverFinalMessage(challenge(client, base64(scram.clientFinalMessage().toString())));
      assertThat(client.ask("")).isEqualTo(235);

      client.send(MESSAGE).codes(4);
      List<ReceivedMessage> messages = server.messages();
      assertThat(messages.get(messages.size() - 1).authenticatedAs()).isEqualTo("käthe");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"})
  void refusesAWrongProof(String mechanism) throws Exception {
    try (RawClient client = RawClient.secured(server, TestTls.client())) {
      client.ask("EHLO x");
      ScramClient scram = scram(mechanism, "wrong");
      scram.serverFirstMessage(challengeTo(client, scram, mechanism));
      String last = challenge(client, base64(scram.clientFinalMessage().toString()));
      assertThatThrownBy(() -> scram.serverFinalMessage(last))
          .isInstanceOf(ScramServerErrorException.class)
          .hasMessageContaining("proof is invalid");
      assertThat(client.ask("")).isEqualTo(535);
    }
  }

  private static ScramClient scram(String mechanism, String password) throws Exception {
    ScramClient.FinalBuildStage builder =
        ScramClient.builder()
            .advertisedMechanisms(List.of(mechanism))
            .username("käthe")
            .password(password.toCharArray());
    if (mechanism.endsWith("-PLUS")) {
      builder.channelBinding(
          TlsServerEndpoint.TLS_SERVER_END_POINT,
          TlsServerEndpoint.getChannelBindingData(TestTls.SERVER.getCertificate()));
    }
    return builder.build();
  }

  private static String challengeTo(RawClient client, ScramClient scram, String mechanism)
      throws IOException {
    return challenge(
        client, "AUTH " + mechanism + " " + base64(scram.clientFirstMessage().toString()));
  }

  private static String challenge(RawClient client, String line) throws IOException {
    String reply = client.send(line + "\r\n").reply();
    assertThat(reply).startsWith("334 ");
    return new String(Base64.getDecoder().decode(reply.substring(4)), UTF_8);
  }

  @Test
  void asksForAsManyIterationsAsItIsTold() throws IOException {
    try (SmtpServer eager = knowing().scramIterations(12345).start();
        RawClient client = RawClient.greeted(eager)) {
      assertThat(challenge(client, "AUTH SCRAM-SHA-1 " + base64("n,,n=tim,r=x")))
          .endsWith(",i=12345");
    }
  }

  @Test
  void takesTheWordOfAClientWithACertificate() throws IOException {
    try (RawClient client = RawClient.secured(server, TestTls.identifiedClient())) {
      client.ask("EHLO x");
      assertThat(client.ask("AUTH EXTERNAL =")).isEqualTo(235);
      client.send(MESSAGE).codes(4);
      List<ReceivedMessage> messages = server.messages();
      assertThat(messages.get(messages.size() - 1).authenticatedAs())
          .isEqualTo("CN=client.example");
    }
  }

  @Test
  void knowsOnlyTheMechanismsItOffersNow() throws IOException {
    try (SmtpServer tls =
            SmtpServer.builder()
                .tls(TestTls.server())
                .extensions("AUTH PLAIN")
                .extensionsInClear("AUTH CRAM-MD5")
                .user("tim", "secret")
                .start();
        RawClient client = RawClient.greeted(tls)) {
      assertThat(codes(client, "AUTH PLAIN {~tim~secret}|AUTH CRAM-MD5|*|STARTTLS"))
          .isEqualTo("504 334 501 220");
      client.handshake(TestTls.client());
      assertThat(codes(client, "EHLO x|AUTH CRAM-MD5|AUTH PLAIN {~tim~secret}"))
          .isEqualTo("250 504 235");
    }
  }

  @Test
  void believesEverybodyWhileItKnowsNobody() throws IOException {
    try (SmtpServer trusting = SmtpServer.builder().extensions("AUTH PLAIN X-OWN").start();
        RawClient client = RawClient.greeted(trusting)) {
      assertThat(codes(client, "AUTH X-OWN|*|AUTH PLAIN {anything}")).isEqualTo("334 501 235");
      client.send(MESSAGE).codes(4);
      assertThat(trusting.messages())
          .singleElement()
          .matches(message -> message.authenticatedAs() == null);
    }
  }

  /** Which line of an exchange a script answers, and how; then what is said and answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 454; AUTH PLAIN {~tim~secret}|AUTH PLAIN {~tim~secret};  454 235",
        "1; 535; AUTH LOGIN|AUTH LOGIN;                    535 334",
        "1; 235; AUTH PLAIN {~tim~wrong}|AUTH PLAIN;       235 503",
        "2; 454; AUTH LOGIN|{tim}|NOOP;                    334 454 250",
        "2; 535; AUTH PLAIN|{~tim~secret}|NOOP;            334 535 250",
        "2; 235; AUTH CRAM-MD5|{tim 00}|AUTH PLAIN;        334 235 503",
        "1; 334; AUTH LOGIN|{tim}|{secret};                334 334 235",
        "2; 334; AUTH LOGIN|{tim}|{secret};                334 334 235",
        "1; 334; AUTH PLAIN {~tim~secret}|;                334 235",
        "1; 334; AUTH PLAIN {~tim~secret}|*|AUTH PLAIN;    334 501 334",
        "1; 334; AUTH PLAIN {~tim~wrong}||NOOP;            334 535 250",
        "1; 334; AUTH GSSAPI|{x}|NOOP;                     334 504 250",
        "2; 334; AUTH SCRAM-SHA-1 {n,,n=tim,r=x}|{c=biws,r=x,p=AAAA}|*|NOOP; 334 334 501 250",
      })
  void isAnsweredByScript(int nth, int code, String lines, String codes) throws IOException {
    try (SmtpServer scripted =
            scripted(s -> s.on(Phase.AUTH).nth(nth).reply(code, "!!!not base64"));
        RawClient client = RawClient.greeted(scripted)) {
      assertThat(codes(client, lines)).isEqualTo(codes);
    }
  }

  @Test
  void saysWhatTheScriptSaysInsteadOfAChallenge() throws IOException {
    try (SmtpServer scripted = scripted(s -> s.on(Phase.AUTH).nth(1).reply(334, "!!!not base64"));
        RawClient client = RawClient.greeted(scripted)) {
      assertThat(client.send("AUTH CRAM-MD5\r\n").reply()).isEqualTo("334 !!!not base64");
    }
  }

  @Test
  void showsNoSecretInTheTranscript() throws IOException {
    try (SmtpServer fresh = knowing().start();
        RawClient client = RawClient.greeted(fresh)) {
      codes(
          client,
          "AUTH PLAIN|{~tim~wrong}|AUTH PLAIN secret!|auth plain {~tim~wrong}"
              + "|AUTH LOGIN {tim}|{wrong}|AUTH PLAIN {~tim~secret}");
      assertThat(fresh.transcript())
          .containsExactly(
              "C1: EHLO client.example",
              "C1: AUTH PLAIN",
              "C1: ***",
              "C1: AUTH PLAIN ***",
              "C1: auth plain ***",
              "C1: AUTH LOGIN ***",
              "C1: ***",
              "C1: AUTH PLAIN ***");
    }
  }
}
