package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class ScramExchangeTest {

  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";

  // RFC 7677 §3
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private static ScramExchange exchange(String mechanism, String nonce, SaslContext context) {
    return new ScramExchange(
        ScramExchange.client(mechanism, "user", "pencil", context)
            .nonceSupplier(() -> nonce)
            .build());
  }

  private static ScramExchange sha256() {
    return exchange("SCRAM-SHA-256", NONCE, Contexts.clear("SCRAM-SHA-256"));
  }

  private static String first(SaslExchange exchange) {
    return new String(exchange.initialResponse(), UTF_8);
  }

  private static String respond(SaslExchange exchange, String challenge) {
    return new String(exchange.respond(challenge.getBytes(UTF_8)).block(), UTF_8);
  }

  private static void assertUnproven(SaslExchange exchange) {
    assertThatThrownBy(exchange::accepted)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The server accepted, but did not prove that it knows the password.");
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM-SHA-1, fyko+d2lbbFgONRv9qkxdawL, 3rfcNHYJY1ZVvWVs7j, QSXCR+Q6sek8bf92,"
        + " v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=, rmF9pqV8S7suAoZWja4dJRkFsKQ=",
    "SCRAM-SHA-256, rOprNGfwEbeRWgbNEkqO, %hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        + " W22ZaJ0SNY7soEsUEjb6gQ==, dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,"
        + " 6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
  })
  void saysWhatTheRfcsSay(
      String mechanism,
      String nonce,
      String serverNonce,
      String salt,
      String proof,
      String signature) {
    // RFC 5802 §5 and RFC 7677 §3
    ScramExchange exchange = exchange(mechanism, nonce, Contexts.clear(mechanism));
    assertThat(first(exchange)).isEqualTo("n,,n=user,r=" + nonce);
    assertUnproven(exchange);
    String bothNonces = nonce + serverNonce;
    assertThat(respond(exchange, "r=" + bothNonces + ",s=" + salt + ",i=4096"))
        .isEqualTo("c=biws,r=" + bothNonces + ",p=" + proof);
    assertUnproven(exchange);
    assertThat(respond(exchange, "v=" + signature)).isEmpty();
    exchange.accepted();
    assertThat(exchange.failure()).isNull();
    assertThatThrownBy(() -> respond(exchange, "v=" + signature))
        .isInstanceOf(IllegalStateException.class);
  }

  /** RFC 5802 §6. */
  @ParameterizedTest
  @CsvSource({
    "SCRAM-SHA-256,      SCRAM-SHA-256,                         false, n",
    "SCRAM-SHA-256,      SCRAM-SHA-256,                         true,  y",
    "SCRAM-SHA-256,      SCRAM-SHA-256 SCRAM-SHA-256-PLUS,      false, n",
    "SCRAM-SHA-256,      SCRAM-SHA-256 SCRAM-SHA-256-PLUS,      true,  n",
    "SCRAM-SHA-1,        SCRAM-SHA-1 SCRAM-SHA-1-PLUS,          true,  n",
    "SCRAM-SHA-1,        SCRAM-SHA-1,                           true,  y",
    "SCRAM-SHA-256,      SCRAM-SHA-256 SCRAM-SHA-1-PLUS,        true,  n",
    "SCRAM-SHA-256-PLUS, SCRAM-SHA-256 SCRAM-SHA-256-PLUS,      true,  p=tls-server-end-point",
    "SCRAM-SHA-1-PLUS,   SCRAM-SHA-1-PLUS,                      true,  p=tls-server-end-point"
  })
  void tellsWhetherItBindsToTls(String mechanism, String offered, boolean tls, String flag) {
    String[] names = offered.split(" ");
    SaslContext context = tls ? Contexts.tls(names) : Contexts.clear(names);
    assertThat(first(exchange(mechanism, NONCE, context))).isEqualTo(flag + ",,n=user,r=" + NONCE);
  }

  @Test
  void bindsToTheCertificate() {
    ScramExchange exchange =
        exchange("SCRAM-SHA-256-PLUS", NONCE, Contexts.tls("SCRAM-SHA-256-PLUS"));
    String clientFinal = respond(exchange, SERVER_FIRST);
    byte[] bound = Base64.getDecoder().decode(clientFinal.substring(2, clientFinal.indexOf(',')));
    String header = "p=tls-server-end-point,,";
    assertThat(new String(bound, 0, header.length(), UTF_8)).isEqualTo(header);
    assertThat(HexFormat.of().formatHex(Arrays.copyOfRange(bound, header.length(), bound.length)))
        .isEqualTo(Contexts.CERTIFICATE_SHA_384);
  }

  @Test
  void bindsOnlyWhereThereIsACertificate() {
    List<SaslMechanism> mechanisms = SaslMechanisms.password("user", Mono.just("pencil"));
    assertThat(mechanisms.stream().filter(m -> !m.isPossible(Contexts.clear())))
        .extracting(SaslMechanism::name)
        .containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS");
    assertThat(mechanisms).allMatch(m -> m.isPossible(Contexts.tls()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4096", "4097", "600000"})
  void hashesAsOftenAsTheServerAsks(String iterations) {
    String serverFirst = SERVER_FIRST.replace("i=4096", "i=" + iterations);
    assertThat(respond(sha256(), serverFirst)).startsWith("c=biws,r=" + NONCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4095", "600001", "2147483647"})
  void refusesToHashTooLittleOrTooMuch(String iterations) {
    ScramExchange exchange = sha256();
    String serverFirst = SERVER_FIRST.replace("i=4096", "i=" + iterations);
    assertThatThrownBy(() -> respond(exchange, serverFirst))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The server asks for %s iterations of the hash; 4096 to 600000 are taken."
                .formatted(iterations));
    assertUnproven(exchange);
  }

  @Test
  void hashesElsewhere() {
    String thread =
        sha256()
            .respond(SERVER_FIRST.getBytes(UTF_8))
            .map(response -> Thread.currentThread().getName())
            .block();
    assertThat(thread).startsWith("boundedElastic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "r=,s=,i=",
        "nonsense",
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "r=someoneElses,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=!!!!,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
        "m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
      })
  void refusesAFirstMessageThatMakesNoSense(String serverFirst) {
    ScramExchange exchange = sha256();
    assertThatThrownBy(() -> respond(exchange, serverFirst))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The server does not keep to SCRAM: ");
    assertUnproven(exchange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "v=AAAA",
        "v=!",
        "v=",
        "",
        "x=1"
      })
  void refusesAServerThatDoesNotKnowThePassword(String serverFinal) {
    ScramExchange exchange = sha256();
    respond(exchange, SERVER_FIRST);
    assertThatThrownBy(() -> respond(exchange, serverFinal))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The server does not keep to SCRAM: ");
    assertUnproven(exchange);
  }

  @Test
  void takesTheSignatureOfAServerThatKnowsIt() {
    SaslExchange exchange = sha256();
    respond(exchange, SERVER_FIRST);
    respond(exchange, SERVER_FINAL);
    assertThatCode(exchange::accepted).doesNotThrowAnyException();
    assertThat(exchange.toString()).doesNotContain("user", "pencil");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-proof", "unsupported-channel-binding-type", "one of its own"})
  void reportsTheServersReasonAndLetsItRefuse(String reason) {
    ScramExchange exchange = sha256();
    respond(exchange, SERVER_FIRST);
    assertThat(respond(exchange, "e=" + reason)).isEmpty();
    assertThat(exchange.failure()).isEqualTo(reason);
    assertUnproven(exchange);
    assertThatThrownBy(() -> respond(exchange, SERVER_FINAL))
        .isInstanceOf(IllegalStateException.class);
    assertUnproven(exchange);
  }

  /** RFC 4013: what looks the same is the same, and what nobody can type is not allowed. */
  @Test
  void preparesPasswords() {
    ScramExchange roman =
        new ScramExchange(
            ScramExchange.client("SCRAM-SHA-256", "user", "penc\u00ADil", Contexts.clear())
                .nonceSupplier(() -> NONCE)
                .build());
    assertThat(respond(roman, SERVER_FIRST))
        .isEqualTo(respond(sha256(), SERVER_FIRST))
        .endsWith("p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

    assertThatThrownBy(
            () -> ScramExchange.client("SCRAM-SHA-256", "user", "hunter\uE000", Contexts.clear()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The password has a character that SCRAM does not allow (RFC 4013).")
        .hasNoCause();
  }
}
