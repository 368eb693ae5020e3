package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.SmtpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** All mechanisms but SCRAM, with the examples of their specifications. */
class SaslMechanismsTest {

  private static final SaslContext CONTEXT = Contexts.clear();

  private static SaslMechanism password(String name, String user, String password) {
    return named(name, SaslMechanisms.password(user, Mono.just(password)));
  }

  private static SaslMechanism token(String name, String user, String token) {
    return named(name, SaslMechanisms.bearerToken(user, Mono.just(token)));
  }

  private static SaslMechanism named(String name, List<SaslMechanism> mechanisms) {
    return mechanisms.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  static Stream<Arguments> conversations() {
    return Stream.of(
        // RFC 4616 §4
        Arguments.of(
            password("PLAIN", "tim", "tanstaaftanstaaf"),
            List.of(),
            List.of("\0tim\0tanstaaftanstaaf")),
        Arguments.of(password("PLAIN", "jürgen", "π€"), List.of(), List.of("\0jürgen\0π€")),
        Arguments.of(
            password("LOGIN", "tim", "tanstaaftanstaaf"),
            List.of("Username:", "Password:"),
            List.of("tim", "tanstaaftanstaaf")),
        Arguments.of(
            password("LOGIN", "jürgen", "π€"),
            List.of("", "Mot de passe ?\0"),
            List.of("jürgen", "π€")),
        // RFC 2195 §2
        Arguments.of(
            password("CRAM-MD5", "tim", "tanstaaftanstaaf"),
            List.of("<1896.697170952@postoffice.reston.mci.net>"),
            List.of("tim b913a602c7eda7a495b4e6e7334d3890")),
        // RFC 7628 §4.1
        Arguments.of(
            token("OAUTHBEARER", "user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
            List.of(),
            List.of(
                "n,a=user@example.com,\1host=server.example.com\1port=143\1"
                    + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1")),
        // RFC 5801 §4
        Arguments.of(
            token("OAUTHBEARER", "a=b,c", "t"),
            List.of(),
            List.of("n,a=a=3Db=2Cc,\1host=server.example.com\1port=143\1auth=Bearer t\1\1")),
        // RFC 7628 §4.3
        Arguments.of(
            token("OAUTHBEARER", "u", "t"),
            List.of("{\"status\":\"invalid_token\",\"scope\":\"example_scope\"}"),
            List.of("n,a=u,\1host=server.example.com\1port=143\1auth=Bearer t\1\1", "\1")),
        Arguments.of(
            token("XOAUTH2", "someuser@example.com", "ya29.vF9dft4q"),
            List.of("{\"status\":\"401\",\"schemes\":\"bearer\"}"),
            List.of("user=someuser@example.com\1auth=Bearer ya29.vF9dft4q\1\1", "")),
        // RFC 4422 Appendix A
        Arguments.of(SaslMechanisms.external(""), List.of(), List.of("")),
        Arguments.of(
            SaslMechanisms.external("fred@example.com"), List.of(), List.of("fred@example.com")));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void saysWhatItsSpecificationSays(
      SaslMechanism mechanism, List<String> challenges, List<String> responses) {
    SaslExchange exchange = mechanism.begin(CONTEXT).block();
    List<String> said = new ArrayList<>();
    byte[] initial = exchange.initialResponse();
    if (initial != null) {
      said.add(new String(initial, UTF_8));
    }
    for (String challenge : challenges) {
      said.add(new String(exchange.respond(challenge.getBytes(UTF_8)).block(), UTF_8));
    }
    assertThat(said).isEqualTo(responses);
    responses.stream()
        .filter(response -> !response.isEmpty())
        .forEach(response -> assertThat(mechanism + " " + exchange).doesNotContain(response));

    exchange.accepted();
    assertThatThrownBy(() -> respondTwice(exchange))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than this mechanism has to say");
  }

  /** After a challenge of the reason of a refusal, at the latest. */
  private static void respondTwice(SaslExchange exchange) {
    exchange.respond(new byte[0]).block();
    exchange.respond(new byte[0]).block();
  }

  @Test
  void bearerTokensReportTheServersReason() {
    SaslExchange exchange = token("XOAUTH2", "u", "t").begin(CONTEXT).block();
    assertThat(exchange.failure()).isNull();
    exchange.respond("{\"status\":\"401\"}".getBytes(UTF_8)).block();
    assertThat(exchange.failure()).isEqualTo("{\"status\":\"401\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hunter2\n", "hunter2\r\n", "hun\0ter2", "hunter2\1", "hunter2\u007F"})
  void refusesSecretsThatCannotBe(String secret) {
    Stream.concat(
            SaslMechanisms.password("u", Mono.just(secret)).stream(),
            SaslMechanisms.bearerToken("u", Mono.just(secret)).stream())
        .forEach(
            mechanism ->
                assertThatThrownBy(() -> mechanism.begin(CONTEXT).block())
                    .as(mechanism.name())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The password or token ")
                    .hasMessageNotContaining("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "a\1b", "a\n"})
  void refusesUsersThatCannotBe(String user) {
    assertThatThrownBy(() -> SaslMechanisms.password(user, Mono.just("p")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SaslMechanisms.bearerToken(user, Mono.just("t")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asksForTheSecretOncePerConnection() {
    AtomicInteger asked = new AtomicInteger();
    Mono<String> token = Mono.fromCallable(() -> "token" + asked.incrementAndGet());
    SaslMechanism mechanism = named("XOAUTH2", SaslMechanisms.bearerToken("u", token));
    assertThat(asked).hasValue(0);

    for (int connection = 1; connection <= 3; connection++) {
      SaslExchange exchange = mechanism.begin(CONTEXT).block();
      assertThat(new String(exchange.initialResponse(), UTF_8))
          .contains("Bearer token" + connection + "\1");
      assertThat(asked).hasValue(connection);
    }
  }

  @Test
  void saysWhereTheSecretIsLackingAndWhy() {
    Exception cause = new Exception("token endpoint says 503");
    SaslMechanism failing = SaslMechanisms.bearerToken("u", Mono.error(cause)).get(0);
    assertThatThrownBy(() -> failing.begin(CONTEXT).block())
        .isExactlyInstanceOf(SmtpException.class)
        .hasMessage(
            "Cannot get the password or token for server.example.com:143: token endpoint says 503")
        .hasCause(cause);

    SmtpException own = new SmtpException("as it is");
    SaslMechanism known = SaslMechanisms.bearerToken("u", Mono.error(own)).get(0);
    assertThatThrownBy(() -> known.begin(CONTEXT).block()).isSameAs(own);

    SaslMechanism empty = SaslMechanisms.bearerToken("u", Mono.empty()).get(0);
    assertThatThrownBy(() -> empty.begin(CONTEXT).block())
        .isInstanceOf(IllegalStateException.class);
  }
}
