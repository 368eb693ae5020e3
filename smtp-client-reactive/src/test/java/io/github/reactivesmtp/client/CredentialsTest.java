package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.auth.SaslContext;
import io.github.reactivesmtp.client.auth.SaslExchange;
import io.github.reactivesmtp.client.auth.SaslMechanism;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class CredentialsTest {

  private static final Credentials PASSWORD = Credentials.password("user", "pencil");

  private record Own(String name) implements SaslMechanism {
    @Override
    public Mono<SaslExchange> begin(SaslContext context) {
      return Mono.empty();
    }
  }

  private static List<String> names(Credentials credentials) {
    return credentials.mechanisms().stream().map(SaslMechanism::name).toList();
  }

  @Test
  void strongestFirst() {
    assertThat(names(PASSWORD))
        .containsExactly(
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-256",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-1",
            "CRAM-MD5",
            "PLAIN",
            "LOGIN");
    assertThat(names(Credentials.bearerToken("user", Mono.just("token"))))
        .containsExactly("OAUTHBEARER", "XOAUTH2");
    assertThat(names(Credentials.external())).containsExactly("EXTERNAL");
    assertThat(names(Credentials.of(new Own("B"), new Own("A")))).containsExactly("B", "A");
  }

  @Test
  void onlySomeInTheirOwnOrder() {
    assertThat(names(PASSWORD.only("login", "Cram-MD5"))).containsExactly("CRAM-MD5", "LOGIN");
    assertThat(PASSWORD.mechanisms()).hasSize(7);
  }

  @Test
  void onlyWhatThereIs() {
    // A name that is misspelt must not leave the weaker one next to it.
    for (String[] names : new String[][] {{"XOAUTH2"}, {"SCRAM-SHA-265", "PLAIN"}, {}}) {
      assertThatThrownBy(() -> PASSWORD.only(names))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(
              "only SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1, CRAM-MD5,"
                  + " PLAIN, LOGIN");
    }
    assertThatThrownBy(() -> PASSWORD.only("XOAUTH2", "PLAIN"))
        .hasMessageStartingWith("no mechanism XOAUTH2 here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "MY MECH", "A\r\nQUIT", "TWENTY-ONE-CHARACTERS"})
  void refusesMechanismsThatCannotBeNamed(String name) {
    assertThatThrownBy(() -> Credentials.of(new Own(name)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNoMechanism() {
    assertThatThrownBy(Credentials::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsMechanismsOnly() {
    assertThat(PASSWORD.only("PLAIN", "LOGIN")).hasToString("PLAIN, LOGIN");
  }
}
