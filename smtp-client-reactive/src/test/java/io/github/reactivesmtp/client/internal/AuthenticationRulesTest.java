package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.ScriptedDialog.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.auth.Contexts;
import io.github.reactivesmtp.client.auth.SaslContext;
import io.github.reactivesmtp.client.auth.SaslExchange;
import io.github.reactivesmtp.client.auth.SaslMechanism;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The rules of RFC 4954 §4 that hold for all mechanisms, and the choice of one. */
class AuthenticationRulesTest {

  private static final Credentials PASSWORD = Credentials.password("user", "pencil");

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String authenticate(
      ScriptedDialog dialog, Credentials credentials, SaslContext context) {
    return Authentication.authenticate(
            dialog, credentials, context, "mail:587", Duration.ofMinutes(5))
        .block();
  }

  private static ScriptedDialog dialog(String... replies) {
    return new ScriptedDialog(script(replies));
  }

  /** A mechanism of one's own named OWN. */
  private static Credentials own(Function<String, Mono<String>> respond) {
    SaslExchange exchange =
        new SaslExchange() {
          @Override
          public byte @Nullable [] initialResponse() {
            return null;
          }

          @Override
          public Mono<byte[]> respond(byte[] challenge) {
            return respond.apply(new String(challenge, UTF_8)).map(text -> text.getBytes(UTF_8));
          }
        };
    return begun("OWN", Mono.just(exchange));
  }

  private static Credentials begun(String name, Mono<SaslExchange> exchange) {
    return Credentials.of(
        new SaslMechanism() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public Mono<SaslExchange> begin(SaslContext context) {
            return exchange;
          }
        });
  }

  // --- the choice

  @ParameterizedTest
  @CsvSource({
    "PLAIN LOGIN,                                      true,  PLAIN",
    "LOGIN,                                            true,  LOGIN",
    "LOGIN PLAIN CRAM-MD5,                             true,  CRAM-MD5",
    "CRAM-MD5 SCRAM-SHA-1,                             true,  SCRAM-SHA-1",
    "SCRAM-SHA-1 SCRAM-SHA-1-PLUS,                     true,  SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-1 SCRAM-SHA-1-PLUS,                     false, SCRAM-SHA-1",
    "SCRAM-SHA-1-PLUS SCRAM-SHA-256 XOAUTH2,           true,  SCRAM-SHA-256",
    "PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS GSSAPI,    true,  SCRAM-SHA-256-PLUS",
    "PLAIN SCRAM-SHA-256-PLUS,                         false, PLAIN"
  })
  void theStrongestThatIsOfferedAndNoOtherAfterIt(String offered, boolean tls, String chosen) {
    String[] names = offered.split(" ", -1);
    ScriptedDialog dialog = dialog("535 no", "535 no");
    assertThatThrownBy(
            () -> authenticate(dialog, PASSWORD, tls ? Contexts.tls(names) : Contexts.clear(names)))
        .isInstanceOf(SmtpAuthenticationException.class);
    assertThat(dialog.said).hasSize(1);
    assertThat(dialog.said.get(0).split(" ", 3)[1]).isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource({
    "true,  GSSAPI, 'authentication by GSSAPI', use credentials for what it offers",
    "false, GSSAPI, 'authentication by GSSAPI', many servers offer more after STARTTLS",
    "true,  '',     no authentication,          use credentials for what it offers",
    "false, '',     no authentication,          many servers offer more after STARTTLS"
  })
  void nothingInCommon(boolean tls, String offered, String offer, String advice) {
    String[] names = offered.isEmpty() ? new String[0] : new String[] {offered};
    ScriptedDialog dialog = dialog();
    assertThatThrownBy(
            () ->
                authenticate(
                    dialog,
                    PASSWORD.only("PLAIN", "LOGIN"),
                    tls ? Contexts.tls(names) : Contexts.clear(names)))
        .isInstanceOfSatisfying(
            SmtpAuthenticationException.class, e -> assertThat(e.mechanism()).isNull())
        .hasMessage(
            "mail:587 offers %s, and the credentials are for PLAIN, LOGIN: %s. Nothing was sent."
                .formatted(offer, advice));
    assertThat(dialog.said).isEmpty();
  }

  // --- the initial response

  @Test
  void emptyInitialResponse() {
    ScriptedDialog dialog = dialog("235 ok");
    authenticate(dialog, Credentials.external(), Contexts.tls("EXTERNAL"));
    assertThat(dialog.said).containsExactly("AUTH EXTERNAL =");
  }

  /** The lines would be 512 octets and 513. */
  @ParameterizedTest
  @CsvSource({"FOUR, true", "FIVES, false"})
  void goesAlongWithinTheLimitOfACommandLine(String name, boolean along) {
    String initial = "x".repeat(375);
    String base64 = base64(initial);
    assertThat("AUTH %s %s\r\n".formatted(name, base64)).hasSize(along ? 512 : 513);

    ScriptedDialog dialog = along ? dialog("235 ok") : dialog("334 ", "235 ok");
    Credentials credentials = begun(name, Mono.just(() -> initial.getBytes(UTF_8)));
    authenticate(dialog, credentials, Contexts.tls(name));
    assertThat(String.join(" ", dialog.said)).isEqualTo("AUTH " + name + " " + base64);
    assertThat(dialog.said).hasSize(along ? 1 : 2);
  }

  @Test
  void longTokens() {
    String token = "t".repeat(3000);
    Credentials credentials = Credentials.bearerToken("user", Mono.just(token)).only("XOAUTH2");
    String message = base64("user=user\1auth=Bearer " + token + "\1\1");

    ScriptedDialog accepting = dialog("334 ", "235 ok");
    authenticate(accepting, credentials, Contexts.tls("XOAUTH2"));
    assertThat(accepting.said).containsExactly("AUTH XOAUTH2", message);

    // The first 334 only asks for the token, the second is the reason.
    ScriptedDialog refusing = dialog("334 ", "334 " + base64("{\"status\":\"401\"}"), "535 no");
    assertThatThrownBy(() -> authenticate(refusing, credentials, Contexts.tls("XOAUTH2")))
        .hasMessageContaining("535 no ({\"status\":\"401\"})");
    assertThat(refusing.said).containsExactly("AUTH XOAUTH2", message, "");

    ScriptedDialog notKnowing = dialog("504 what?");
    assertThatThrownBy(() -> authenticate(notKnowing, credentials, Contexts.tls("XOAUTH2")))
        .isInstanceOf(SmtpAuthenticationException.class);
    assertThat(notKnowing.said).containsExactly("AUTH XOAUTH2");
  }

  @Test
  void whatNoLineHoldsIsNotSaid() {
    Credentials credentials =
        Credentials.bearerToken("user", Mono.just("t".repeat(9300))).only("XOAUTH2");
    ScriptedDialog dialog = dialog("334 ", "501 cancelled");
    assertThatThrownBy(() -> authenticate(dialog, credentials, Contexts.tls("XOAUTH2")))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("longer than 12288 octets");
    assertThat(dialog.said).containsExactly("AUTH XOAUTH2", "*");
  }

  // --- challenges

  @ParameterizedTest
  @CsvSource({"Username:, Password:", "'', ''", "Password:, Username:", "ユーザー, 'パスワード '"})
  void loginPromptsInAnyWording(String first, String second) {
    ScriptedDialog dialog = dialog("334 " + base64(first), "334 " + base64(second), "235 ok");
    authenticate(dialog, PASSWORD, Contexts.tls("LOGIN"));
    assertThat(dialog.said).containsExactly("AUTH LOGIN", base64("user"), base64("pencil"));
  }

  @Test
  void loginThatAsksOnAndOn() {
    ScriptedDialog dialog = dialog("334 YQ==", "334 YQ==", "334 YQ==", "501 cancelled");
    assertThatThrownBy(() -> authenticate(dialog, PASSWORD, Contexts.tls("LOGIN")))
        .hasMessageContaining("asked for more than this mechanism has to say");
    assertThat(dialog.said).hasSize(4).endsWith("*");
  }

  @ParameterizedTest
  @CsvSource({"XOAUTH2, ''", "OAUTHBEARER, AQ=="})
  void theReasonInJsonIsAnsweredAndReported(String mechanism, String answer) {
    String reason = "{\"status\":\"401\",\n\"scope\":\"https://mail.example/\u001B[2J\"}";
    ScriptedDialog dialog = dialog("334 " + base64(reason), "535 5.7.8 no");
    Credentials credentials = Credentials.bearerToken("user", Mono.just("token"));
    assertThatThrownBy(() -> authenticate(dialog, credentials, Contexts.tls(mechanism)))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining(
            "535 5.7.8 no ({\"status\":\"401\", \"scope\":\"https://mail.example/ [2J\"}).");
    assertThat(dialog.said).hasSize(2).endsWith(answer);
  }

  @Test
  void whatTheServerSaysIsCut() {
    ScriptedDialog dialog = dialog("334 " + base64("x".repeat(5000)), "535 no");
    Credentials credentials = Credentials.bearerToken("user", Mono.just("token"));
    assertThatThrownBy(() -> authenticate(dialog, credentials, Contexts.tls("XOAUTH2")))
        .satisfies(e -> assertThat(e.getMessage()).contains("xxx…").hasSizeLessThan(600));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 1000})
  void noMoreThanSixteenChallenges(int challenges) {
    String[] replies = Collections.nCopies(challenges + 1, "334 YQ==").toArray(new String[0]);
    replies[challenges] = "235 ok";
    ScriptedDialog dialog = dialog(replies);
    Credentials credentials = own(Mono::just);
    if (challenges <= 16) {
      assertThat(authenticate(dialog, credentials, Contexts.tls("OWN"))).isEqualTo("OWN");
      assertThat(dialog.said).hasSize(challenges + 1);
    } else {
      assertThatThrownBy(() -> authenticate(dialog, credentials, Contexts.tls("OWN")))
          .isInstanceOf(SmtpAuthenticationException.class)
          .hasMessageContaining("did not come to an end");
      assertThat(dialog.said).hasSize(18).endsWith("*");
    }
  }

  // --- what goes wrong on this side

  @ParameterizedTest
  @ValueSource(strings = {"signals", "throws", "says nothing"})
  void errorsCancelAndAreTheCause(String how) {
    IllegalStateException cause = new IllegalStateException("out of tickets\r\n250 ok");
    ScriptedDialog dialog = dialog("334 YQ==", "501 cancelled");
    Credentials credentials =
        own(
            challenge ->
                switch (how) {
                  case "signals" -> Mono.error(cause);
                  case "throws" -> throw cause;
                  default -> Mono.empty();
                });
    assertThatThrownBy(() -> authenticate(dialog, credentials, Contexts.tls("OWN")))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessage(
            "Authentication by OWN with mail:587 failed: %s Nothing was sent."
                .formatted(
                    how.equals("says nothing") ? "It did not answer." : "out of tickets 250 ok"))
        .satisfies(
            e -> {
              if (!how.equals("says nothing")) {
                assertThat(e).hasCause(cause);
              }
            });
    assertThat(dialog.said).containsExactly("AUTH OWN", "*");
  }

  @Test
  void errorsThatMayPassStayWhatTheyAre() {
    SmtpException passing = new SmtpException("ticket server busy");
    ScriptedDialog responding = dialog("334 YQ==", "501 cancelled");
    Credentials credentials = own(challenge -> Mono.error(passing));
    assertThatThrownBy(() -> authenticate(responding, credentials, Contexts.tls("OWN")))
        .isSameAs(passing);
    assertThat(responding.said).containsExactly("AUTH OWN", "*");

    ScriptedDialog beginning = dialog();
    assertThatThrownBy(
            () -> authenticate(beginning, begun("OWN", Mono.error(passing)), Contexts.tls("OWN")))
        .isSameAs(passing);
    assertThat(beginning.said).isEmpty();
  }

  @Test
  void whatDoesNotBeginSaysNothing() {
    IllegalStateException cause = new IllegalStateException("no keytab");
    ScriptedDialog dialog = dialog();
    assertThatThrownBy(
            () -> authenticate(dialog, begun("OWN", Mono.error(cause)), Contexts.tls("OWN")))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("no keytab")
        .hasCause(cause);
    assertThatThrownBy(() -> authenticate(dialog, begun("OWN", Mono.empty()), Contexts.tls("OWN")))
        .isInstanceOf(SmtpAuthenticationException.class);
    assertThat(dialog.said).isEmpty();
  }

  @Test
  void aConnectionLostWhileCancellingHidesNothing() {
    ScriptedDialog dialog = dialog("334 !");
    assertThatThrownBy(() -> authenticate(dialog, PASSWORD, Contexts.tls("LOGIN")))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("is not base64")
        .hasSuppressedException(dialog.lost);
  }

  @Test
  void eachSubscriptionIsAnExchangeOfItsOwn() {
    ScriptedDialog dialog =
        dialog("334 YQ==", "334 YQ==", "235 ok", "334 YQ==", "334 YQ==", "235 ok");
    Mono<String> authentication =
        Authentication.authenticate(
            dialog, PASSWORD, Contexts.tls("LOGIN"), "mail:587", Duration.ofMinutes(5));
    assertThat(dialog.said).isEmpty();
    authentication.block();
    authentication.block();
    assertThat(dialog.said).hasSize(6);
  }

  @Test
  void aTokenThatNeverComesIsNotWaitedForForEver() {
    ScriptedDialog dialog = dialog();
    Credentials credentials = Credentials.bearerToken("ann", Mono.never());
    assertThatThrownBy(
            () ->
                Authentication.authenticate(
                        dialog,
                        credentials,
                        Contexts.tls("XOAUTH2"),
                        "mail:587",
                        Duration.ofMillis(1))
                    .block())
        .isInstanceOf(SmtpException.class)
        .isNotInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("mail:587 was not known within");
    assertThat(dialog.said).isEmpty();
  }
}
