package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScramMechanismTest {

  private static final Map<String, String> PENCIL = Map.of("user", "pencil", "a,b=c", "pencil");
  private static final byte[] END_POINT = {1, 2, 3};

  private static final ChannelBinding PLUS_OFFERED = new ChannelBinding(false, true, END_POINT);
  private static final ChannelBinding PLUS = new ChannelBinding(true, true, END_POINT);

  private static ScramMechanism scram(ChannelBinding binding) {
    byte[] salt = Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
    return new ScramMechanism(ScramHash.SHA_1, binding, PENCIL, "3rfcNHYJY1ZVvWVs7j", salt, 4096);
  }

  private static String challenge(ScramMechanism mechanism, String response) {
    ServerMechanism.Step step = mechanism.next(response.getBytes(UTF_8));
    return new String(((ServerMechanism.Challenge) step).octets(), UTF_8);
  }

  @Test
  void isTheExchangeOfRfc5802() {
    ScramMechanism server = scram(ChannelBinding.NONE);
    assertThat(challenge(server, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"))
        .isEqualTo("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    assertThat(
            challenge(
                server,
                "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                    + "p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="))
        .isEqualTo("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    assertThat(server.next(new byte[0])).isEqualTo(new ServerMechanism.Accepted("user"));
  }

  @Test
  void isTheExchangeOfRfc7677() {
    ScramMechanism server =
        new ScramMechanism(
            ScramHash.SHA_256,
            ChannelBinding.NONE,
            PENCIL,
            "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
            Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="),
            4096);
    assertThat(challenge(server, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
        .isEqualTo(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    assertThat(
            challenge(
                server,
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    assertThat(server.next(new byte[0])).isEqualTo(new ServerMechanism.Accepted("user"));
  }

  @Test
  void acceptsNobodyWhoHasSomethingToSayToItsSignature() {
    ScramMechanism server = scram(ChannelBinding.NONE);
    challenge(server, "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
    challenge(
        server,
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
    assertThat(server.next(new byte[1])).isEqualTo(ServerMechanism.Refused.CREDENTIALS);
  }

  @Test
  void waitsForAClientThatDoesNotBegin() {
    ScramMechanism server = scram(ChannelBinding.NONE);
    assertThat(server.next(null)).isEqualTo(ServerMechanism.Challenge.EMPTY);
    assertThat(challenge(server, "n,,n=user,r=x")).startsWith("r=x3rfcNHYJY1ZVvWVs7j,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n,,n=user,r=x",
        "y,,n=user,r=x",
        "n,a=user,n=user,r=x",
        "n,,n=a=2Cb=3Dc,r=x",
        "n,,n=nobody,r=x",
        "n,,n=user,r=x,ext=1"
      })
  void goesOnAfter(String clientFirst) {
    assertThat(challenge(scram(ChannelBinding.NONE), clientFirst)).startsWith("r=x3rfc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE         |                                     | invalid-encoding",
        "NONE         | n,,n=user                           | invalid-encoding",
        "NONE         | n,,n=user,r=                        | invalid-encoding",
        "NONE         | n,,r=x,n=user                       | invalid-encoding",
        "NONE         | q,,n=user,r=x                       | invalid-encoding",
        "NONE         | n,,m=must,n=user,r=x                | extensions-not-supported",
        "NONE         | p=tls-server-end-point,,n=user,r=x  | channel-binding-not-supported",
        "PLUS_OFFERED | p=tls-server-end-point,,n=user,r=x  | channel-binding-not-supported",
        "PLUS_OFFERED | y,,n=user,r=x                       | server-does-support-channel-binding",
        "PLUS         | n,,n=user,r=x                       | server-does-support-channel-binding",
        "PLUS         | y,,n=user,r=x                       | server-does-support-channel-binding",
        "PLUS         | p=tls-unique,,n=user,r=x            | unsupported-channel-binding-type",
        "NO_END_POINT | p=tls-server-end-point,,n=user,r=x  | channel-binding-not-supported",
      })
  void refusesAFirstMessage(String binding, String clientFirst, String error) {
    ScramMechanism server =
        scram(
            switch (binding) {
              case "PLUS_OFFERED" -> PLUS_OFFERED;
              case "PLUS" -> PLUS;
              case "NO_END_POINT" -> new ChannelBinding(true, true, null);
              default -> ChannelBinding.NONE;
            });
    assertThat(challenge(server, clientFirst == null ? "" : clientFirst)).isEqualTo("e=" + error);
    assertThat(server.next(new byte[0])).isEqualTo(ServerMechanism.Refused.CREDENTIALS);
  }

  /** The binding is base64 of the header: {@code biws} for {@code n,,}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n,,n=user,r=x          |                                 | invalid-encoding",
        "n,,n=user,r=x          | c=biws,r=NONCE                  | invalid-encoding",
        "n,,n=user,r=x          | c=biws,r=NONCE,p=               | invalid-encoding",
        "n,,n=user,r=x          | c=eSws,r=NONCE,p=AAAA           | channel-bindings-dont-match",
        "n,,n=user,r=x          | c=biws,r=x,p=AAAA               | other-error",
        "n,,n=user,r=x          | c=biws,r=NONCE,p=AAAA           | invalid-proof",
        "n,,n=user,r=x          | c=biws,r=NONCE,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts= | invalid-proof",
        "n,,n=user,r=x          | c=biws,r=NONCE,p=*              | invalid-proof",
        "n,,n=nobody,r=x        | c=biws,r=NONCE,p=AAAA           | unknown-user",
        "n,a=boss,n=user,r=x    | c=bixhPWJvc3Ms,r=NONCE,p=AAAA   | other-error",
      })
  void refusesALastMessage(String clientFirst, String clientFinal, String error) {
    ScramMechanism server = scram(ChannelBinding.NONE);
    challenge(server, clientFirst);
    String last = clientFinal == null ? "" : clientFinal.replace("NONCE", "x3rfcNHYJY1ZVvWVs7j");
    assertThat(challenge(server, last)).isEqualTo("e=" + error);
    assertThat(server.next(new byte[0])).isEqualTo(ServerMechanism.Refused.CREDENTIALS);
  }

  @Test
  void refusesDataOfAnotherChannel() {
    ScramMechanism server = scram(PLUS);
    challenge(server, "p=tls-server-end-point,,n=user,r=x");
    String binding = Base64.getEncoder().encodeToString("p=tls-server-end-point,,".getBytes(UTF_8));
    assertThat(challenge(server, "c=" + binding + ",r=x3rfcNHYJY1ZVvWVs7j,p=AAAA"))
        .isEqualTo("e=channel-bindings-dont-match");
  }
}
