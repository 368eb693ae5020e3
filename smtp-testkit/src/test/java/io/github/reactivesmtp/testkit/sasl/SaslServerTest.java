package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mechanisms that need no arithmetic to be tested; SCRAM has a test of its own. */
class SaslServerTest {

  private static final SaslServer SERVER =
      new SaslServer(
          Map.of("tim", "tanstaaf", "a b", "pass word"), Map.of("tim", "tok"), 1, "host");

  /** {@code ~} is NUL, {@code ^} is octet 1; nothing between two bars is no octets. */
  private static String[] steps(ServerMechanism mechanism, String responses) {
    return Arrays.stream(responses.split("\\|", -1))
        .map(response -> response.strip().replace('~', '\0').replace('^', '\1'))
        .map(response -> response.equals("-") ? null : response.getBytes(UTF_8))
        .map(mechanism::next)
        .map(SaslServerTest::shown)
        .toArray(String[]::new);
  }

  private static String shown(ServerMechanism.Step step) {
    if (step instanceof ServerMechanism.Challenge challenge) {
      return "?" + new String(challenge.octets(), UTF_8);
    }
    return step instanceof ServerMechanism.Accepted accepted ? "=" + accepted.user() : "" + step;
  }

  /** What the client says, {@code -} for nothing at the beginning, and what the server does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PLAIN;       ~tim~tanstaaf;              =tim",
        "PLAIN;       -|~tim~tanstaaf;            ?|=tim",
        "PLAIN;       tim~tim~tanstaaf;           =tim",
        "PLAIN;       ~a b~pass word;             =a b",
        "PLAIN;       boss~tim~tanstaaf;          CREDENTIALS",
        "PLAIN;       ~tim~wrong;                 CREDENTIALS",
        "PLAIN;       ~nobody~tanstaaf;           CREDENTIALS",
        "PLAIN;       tim~tanstaaf;               CREDENTIALS",
        "PLAIN;       ~tim~tanstaaf~;             CREDENTIALS",
        "LOGIN;       -|tim|tanstaaf;             ?Username:|?Password:|=tim",
        "LOGIN;       tim|tanstaaf;               ?Password:|=tim",
        "LOGIN;       -|tim|wrong;                ?Username:|?Password:|CREDENTIALS",
        "LOGIN;       -|nobody|tanstaaf;          ?Username:|?Password:|CREDENTIALS",
        "CRAM-MD5;    tim 0;                      INITIAL_RESPONSE",
        "XOAUTH2;     user=tim^auth=Bearer tok^^; =tim",
        "XOAUTH2;     -|user=tim^auth=Bearer tok^^; ?|=tim",
        "XOAUTH2;     user=boss^auth=Bearer tok^^|; "
            + "?{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.example/\"}|CREDENTIALS",
        "OAUTHBEARER; n,a=tim,^host=h^port=25^auth=Bearer tok^^; =tim",
        "OAUTHBEARER; n,,^auth=Bearer tok^^;      =tim",
        "OAUTHBEARER; n,a=tim,^auth=Bearer tok^host=h^^; =tim",
        "OAUTHBEARER; n,a=boss,^auth=Bearer tok^^|^; ?{\"status\":\"invalid_token\"}|CREDENTIALS",
        "OAUTHBEARER; n,a=tim,^auth=Bearer old^^|^; ?{\"status\":\"invalid_token\"}|CREDENTIALS",
        "OAUTHBEARER; n,a=tim,^auth=Bearer tok^|^; ?{\"status\":\"invalid_token\"}|CREDENTIALS",
        "EXTERNAL;    -|tim;                      ?|CREDENTIALS",
      })
  void asksAndDecides(String name, String responses, String steps) {
    ServerMechanism mechanism = SERVER.begin(name, Set.of(name), null, null);
    assertThat(String.join("|", steps(mechanism, responses))).isEqualTo(steps);
  }

  /** RFC 2195 §2. */
  @ParameterizedTest
  @CsvSource({
    "tim b913a602c7eda7a495b4e6e7334d3890,  =tim",
    "tim b913a602c7eda7a495b4e6e7334d3891,  CREDENTIALS",
    "tom b913a602c7eda7a495b4e6e7334d3890,  CREDENTIALS",
    "b913a602c7eda7a495b4e6e7334d3890,      CREDENTIALS",
  })
  void digestsTheChallengeOfRfc2195(String response, String decision) {
    String challenge = "<1896.697170952@postoffice.reston.mci.net>";
    ServerMechanism mechanism = new CramMd5Mechanism(Map.of("tim", "tanstaaftanstaaf"), challenge);
    assertThat(steps(mechanism, "-|" + response)).containsExactly("?" + challenge, decision);
  }

  @Test
  void asksADifferentQuestionEachTime() {
    String first = shown(SERVER.begin("CRAM-MD5", Set.of(), null, null).next(null));
    String second = shown(SERVER.begin("CRAM-MD5", Set.of(), null, null).next(null));
    assertThat(first).matches("\\?<.+@host>").isNotEqualTo(second);
  }

  @Test
  void doesNotShowItsSecrets() {
    assertThat(SERVER.toString()).contains("tim").doesNotContain("tanstaaf", "tok");
  }

  @Test
  void knowsNoOtherMechanism() {
    assertThat(SERVER.begin("X-OWN", Set.of("X-OWN"), null, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PLAIN; whatever;   =null",
        "X-OWN; -|whatever; ?|=null",
        "LOGIN; -|a|b;      ?Username:|?Password:|=null",
        "LOGIN; a|b;        ?Password:|=null"
      })
  void believesEverybodyWhileItKnowsNobody(String name, String responses, String steps) {
    SaslServer trusting = new SaslServer(Map.of(), Map.of(), 1, "host");
    ServerMechanism mechanism = trusting.begin(name, Set.of(), null, null);
    assertThat(String.join("|", steps(mechanism, responses))).isEqualTo(steps);
  }
}
