package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.auth.SaslMechanism;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each mechanism with right and wrong secrets, and with servers that fail in each way. */
@Timeout(60)
class AuthenticationIT {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String USER = "ann";
  private static final String PASSWORD = "correct horse";
  private static final String TOKEN = "ya29.token";

  private static final List<String> MECHANISMS =
      List.of(
          "PLAIN",
          "LOGIN",
          "CRAM-MD5",
          "SCRAM-SHA-1",
          "SCRAM-SHA-256",
          "SCRAM-SHA-1-PLUS",
          "SCRAM-SHA-256-PLUS",
          "XOAUTH2",
          "OAUTHBEARER",
          "EXTERNAL");

  private enum Case {
    RIGHT("accepted"),
    WRONG("refused: SERVER refused authentication by MECHANISM: 535"),
    TEMPORARY_FAILURE("not sent: SERVER cannot authenticate by MECHANISM now: 454"),
    MALFORMED_CHALLENGE("refused: Authentication by MECHANISM with SERVER failed: The server's"),
    OFFERED_ONLY_IN_CLEAR("refused: SERVER offers no authentication"),
    NOT_ENCRYPTED("refused: Credentials were not sent to SERVER, for the connection is not"),
    NOT_TRUSTED("refused: Credentials were not sent to SERVER, for its certificate is self-signed");

    private final String expected;

    Case(String expected) {
      this.expected = expected;
    }
  }

  static Stream<Arguments> everyMechanismInEveryCase() {
    return MECHANISMS.stream()
        .flatMap(mechanism -> Stream.of(Case.values()).map(it -> Arguments.of(mechanism, it)));
  }

  @ParameterizedTest
  @MethodSource
  void everyMechanismInEveryCase(String mechanism, Case it) {
    try (SmtpServer server = server(mechanism, it).start()) {
      String end =
          send(
              server,
              client -> {
                if (it == Case.NOT_ENCRYPTED || it == Case.NOT_TRUSTED) {
                  client.tls(TlsMode.OPPORTUNISTIC);
                }
                if (mechanism.equals("EXTERNAL") && it != Case.WRONG) {
                  client.tls(tls -> tls.clientCertificate(TestCertificates.clientKeys()));
                }
                return client.credentials(credentials(it == Case.WRONG).only(mechanism));
              });
      assertThat(end).startsWith(it.expected.replace("MECHANISM", mechanism));
      List<String> said = server.transcript();
      if (it == Case.RIGHT) {
        assertThat(server.messages()).hasSize(1);
        assertThat(server.messages().get(0).authenticatedAs()).isEqualTo(who(mechanism));
      } else {
        assertThat(server.messages()).isEmpty();
        assertThat(said).noneMatch(line -> line.contains("MAIL"));
      }
      // One attempt on each connection; nothing weaker, and nothing where it must not be.
      boolean asked = it.compareTo(Case.OFFERED_ONLY_IN_CLEAR) < 0;
      assertThat(said.stream().filter(line -> line.contains("AUTH")).toList())
          .hasSize(asked ? 1 : 0)
          .allMatch(line -> line.contains("AUTH " + mechanism));
    }
  }

  /** EXTERNAL is who the certificate says. */
  private static String who(String mechanism) {
    return mechanism.equals("EXTERNAL") ? "CN=client.example" : USER;
  }

  private static SmtpServerBuilder server(String mechanism, Case it) {
    SmtpServerBuilder server =
        SmtpServer.builder().user(USER, PASSWORD).token(USER, TOKEN).noExtensions();
    SmtpScript.RuleBuilder onAuth = SmtpScript.builder().on(Phase.AUTH);
    String auth = "AUTH " + mechanism;
    var tls =
        TestCertificates.server(
            it == Case.NOT_TRUSTED ? TestCertificates.selfSigned() : TestCertificates.good());
    return switch (it) {
      case TEMPORARY_FAILURE ->
          server.tls(tls).extensions(auth).script(onAuth.reply(454, "4.7.0 later").build());
      case MALFORMED_CHALLENGE ->
          server.tls(tls).extensions(auth).script(onAuth.once().reply(334, "?not base64?").build());
      case OFFERED_ONLY_IN_CLEAR -> server.tls(tls).extensions().extensionsInClear(auth);
      case NOT_ENCRYPTED -> server.extensions(auth);
      default -> server.tls(tls).extensions(auth);
    };
  }

  private static Credentials credentials(boolean wrong) {
    return Credentials.of(
        Stream.of(
                Credentials.password(USER, wrong ? "wrong" : PASSWORD),
                Credentials.bearerToken(USER, Mono.just(wrong ? "wrong" : TOKEN)),
                Credentials.external())
            .flatMap(all -> all.mechanisms().stream())
            .toArray(SaslMechanism[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      LOGIN PLAIN                                          | PLAIN
      PLAIN LOGIN CRAM-MD5                                 | CRAM-MD5
      PLAIN CRAM-MD5 SCRAM-SHA-1                           | SCRAM-SHA-1
      PLAIN SCRAM-SHA-1 SCRAM-SHA-256                      | SCRAM-SHA-256
      PLAIN SCRAM-SHA-256 SCRAM-SHA-1-PLUS                 | SCRAM-SHA-256
      SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS    | SCRAM-SHA-256-PLUS
      """)
  void theStrongestOfferedIsTaken(String offered, String taken) {
    try (SmtpServer server =
        SmtpServer.builder()
            .tls(TestCertificates.server(TestCertificates.good()))
            .user(USER, PASSWORD)
            .extensions("AUTH " + offered)
            .start()) {
      assertThat(send(server, client -> client.credentials(Credentials.password(USER, PASSWORD))))
          .isEqualTo("accepted");
      assertThat(server.transcript()).anyMatch(line -> line.contains("AUTH " + taken));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4095,refused: Authentication by SCRAM-SHA-256 with SERVER failed",
    "4096,accepted",
    "600000,accepted",
    "600001,refused: Authentication by SCRAM-SHA-256 with SERVER failed"
  })
  void theServerDoesNotDecideHowLongWeHash(int iterations, String expected) {
    try (SmtpServer server =
        SmtpServer.builder()
            .tls(TestCertificates.server(TestCertificates.good()))
            .user(USER, PASSWORD)
            .scramIterations(iterations)
            .extensions("AUTH SCRAM-SHA-256")
            .start()) {
      assertThat(send(server, client -> client.credentials(Credentials.password(USER, PASSWORD))))
          .startsWith(expected);
    }
  }

  @Test
  void credentialsInClearTextMustBeAllowedByName() {
    try (SmtpServer server =
        SmtpServer.builder().user(USER, PASSWORD).extensions("AUTH PLAIN").start()) {
      SmtpClient.Builder client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .credentials(Credentials.password(USER, PASSWORD));
      assertThatThrownBy(client::build)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("allowCleartextAuth()");
      assertThat(send(server, builder -> client.allowCleartextAuth())).isEqualTo("accepted");
    }
  }

  @Test
  void aTokenIsAskedForOnceForEachNewConnection() {
    AtomicInteger asked = new AtomicInteger();
    Mono<String> token =
        Mono.fromSupplier(
            () -> {
              asked.incrementAndGet();
              return TOKEN;
            });
    try (SmtpServer server =
        SmtpServer.builder()
            .tls(TestCertificates.server(TestCertificates.good()))
            .token(USER, TOKEN)
            .extensions("AUTH OAUTHBEARER")
            .start()) {
      SmtpClient client =
          trusting(server)
              .credentials(Credentials.bearerToken(USER, token))
              .pool(pool -> pool.maxConnections(1))
              .build();
      assertThat(client.sendAll(Flux.range(0, 5).map(i -> message())).collectList().block(WAIT))
          .hasSize(5)
          .allMatch(SendResult::isAccepted);
      assertThat(asked).hasValue(1);
      client.noop().block(WAIT);
      assertThat(asked).hasValue(2);
      client.disposeLater().block(WAIT);
    }
  }

  private static String send(SmtpServer server, UnaryOperator<SmtpClient.Builder> change) {
    SmtpClient client = change.apply(trusting(server)).maxAttempts(1).build();
    String end;
    try {
      SendResult result = client.send(message()).block(WAIT);
      end = result.isAccepted() ? "accepted" : "not sent: " + result.cause().getMessage();
    } catch (SmtpAuthenticationException e) {
      end = "refused: " + e.getMessage();
    }
    client.disposeLater().block(WAIT);
    return end.replace(server.host() + ":" + server.port(), "SERVER");
  }

  private static SmtpClient.Builder trusting(SmtpServer server) {
    return SmtpClient.builder(server.host(), server.port())
        .tls(tls -> tls.trust(TestCertificates.AUTHORITY.getCertificate()));
  }

  private static Envelope message() {
    return Envelope.builder()
        .from("a@example.com")
        .to("b@example.org")
        .body(MessageBody.text("Subject: x\r\n\r\nx\r\n"))
        .build();
  }
}
