package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.ScriptedDialog.LOST;
import static io.github.reactivesmtp.client.internal.ScriptedDialog.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.auth.Contexts;
import io.github.reactivesmtp.client.auth.SaslContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Each mechanism in each of the ways it can end; what a failure shows is searched for secrets. */
class AuthenticationTest {

  private static final String PASSWORD = "open-sesame";
  private static final String TOKEN = "ya29.tell-nobody";
  private static final Credentials WITH_PASSWORD = Credentials.password("ali.baba", PASSWORD);
  private static final Credentials WITH_TOKEN =
      Credentials.bearerToken("ali.baba", Mono.just(TOKEN));

  /** The mechanism, what it takes, and a server that does everything right. */
  private record Way(
      String mechanism, Credentials credentials, Supplier<UnaryOperator<String>> to) {
    @Override
    public String toString() {
      return mechanism;
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        scram("SCRAM-SHA-256-PLUS"),
        scram("SCRAM-SHA-256"),
        scram("SCRAM-SHA-1-PLUS"),
        scram("SCRAM-SHA-1"),
        new Way("CRAM-MD5", WITH_PASSWORD, () -> script("334 " + base64("<1@x>"), "235 ok")),
        new Way("PLAIN", WITH_PASSWORD, () -> script("235 ok")),
        new Way(
            "LOGIN",
            WITH_PASSWORD,
            () -> script("334 " + base64("Username:"), "334 " + base64("Password:"), "235 ok")),
        new Way("OAUTHBEARER", WITH_TOKEN, () -> script("235 ok")),
        new Way("XOAUTH2", WITH_TOKEN, () -> script("235 ok")),
        new Way("EXTERNAL", Credentials.external("ali.baba"), () -> script("235 ok")));
  }

  private static Way scram(String mechanism) {
    return new Way(mechanism, WITH_PASSWORD, () -> new ScramServer(mechanism, PASSWORD));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static Mono<String> authenticate(ScriptedDialog dialog, Way way) {
    SaslContext context = Contexts.tls(way.mechanism());
    return Authentication.authenticate(
        dialog, way.credentials(), context, "mail:587", Duration.ofMinutes(5));
  }

  private static <T extends SmtpException> T failure(
      Class<T> type, ScriptedDialog dialog, Way way) {
    T failure = catchThrowableOfType(type, () -> authenticate(dialog, way).block());
    assertThat(failure).isExactlyInstanceOf(type);
    assertShowsNoSecret(dialog, failure, way.credentials(), way.credentials().mechanisms());
    return failure;
  }

  private static void assertShowsNoSecret(ScriptedDialog dialog, Object... shown) {
    StringWriter all = new StringWriter();
    PrintWriter out = new PrintWriter(all);
    for (Object object : shown) {
      if (object instanceof Throwable error) {
        error.printStackTrace(out);
      } else {
        out.println(object);
      }
    }
    assertThat(all.toString())
        .doesNotContain(PASSWORD, base64(PASSWORD), TOKEN, base64(TOKEN), "Bearer");
    for (String line : dialog.said) {
      String response = line.substring(line.lastIndexOf(' ') + 1);
      if (response.length() > 3 && !line.matches("AUTH \\S+")) {
        assertThat(all.toString()).doesNotContain(response);
        assertThat(all.toString())
            .doesNotContain(new String(Base64.getDecoder().decode(response), UTF_8));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void accepted(Way way) {
    ScriptedDialog dialog = new ScriptedDialog(way.to().get());
    assertThat(authenticate(dialog, way).block()).isEqualTo(way.mechanism());
    assertThat(dialog.said.get(0)).matches("AUTH " + way.mechanism() + "( \\S+)?");
    assertThat(dialog.said.subList(1, dialog.said.size())).noneMatch(line -> line.contains(" "));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void refused(Way way) {
    ScriptedDialog dialog = ending(way, "535 5.7.8 no such luck");
    SmtpAuthenticationException refused = failure(SmtpAuthenticationException.class, dialog, way);
    assertThat(refused)
        .hasMessageStartingWith(
            "mail:587 refused authentication by %s: 535 5.7.8 no such luck. Check user, password"
                    .formatted(way.mechanism())
                + " or token, and whether the server takes them by this mechanism; no other is"
                + " tried.")
        .hasMessageEndingWith("Nothing was sent.");
    // A server may know other ways to bind to TLS than the one there is here.
    boolean advice = refused.getMessage().contains("leave " + way.mechanism() + " out");
    assertThat(advice).isEqualTo(way.mechanism().endsWith("-PLUS"));
    assertThat(refused.mechanism()).isEqualTo(way.mechanism());
    assertThat(refused.reply().code()).isEqualTo(535);
    assertThat(dialog.said.stream().filter(line -> line.startsWith("AUTH"))).hasSize(1);
    assertThat(dialog.said).doesNotContain("*");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void refusedForNow(Way way) {
    for (String reply : List.of("454 4.7.0 no database", "421 4.3.2 shutting down")) {
      ScriptedDialog dialog = ending(way, reply);
      assertThat(failure(SmtpException.class, dialog, way))
          .hasMessage(
              "mail:587 cannot authenticate by %s now: %s. It may be tried again later."
                  .formatted(way.mechanism(), reply));
      assertThat(dialog.said).doesNotContain("*");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void answeredOutOfPlace(Way way) {
    for (String reply : List.of("250 fine", "354 go on", "220 hello")) {
      assertThat(failure(SmtpException.class, ending(way, reply), way))
          .hasMessage(
              "mail:587 answered authentication by %s out of place: %s"
                  .formatted(way.mechanism(), reply));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void challengedWithGarbage(Way way) {
    for (String garbage : List.of("go ahead", "!", "YQ==YQ==", "Ye\u001B[2J")) {
      ScriptedDialog dialog = new ScriptedDialog(script("334 " + garbage, "501 cancelled"));
      SmtpAuthenticationException failure = failure(SmtpAuthenticationException.class, dialog, way);
      assertThat(failure)
          .hasMessageStartingWith(
              "Authentication by %s with mail:587 failed: The server's challenge is not base64: 334"
                  .formatted(way.mechanism()))
          .hasMessageNotContaining("\u001B");
      assertThat(failure.mechanism()).isEqualTo(way.mechanism());
      assertThat(failure.reply()).isNull();
      assertThat(failure.getCause()).isNotNull();
      assertThat(dialog.said).hasSize(2).endsWith("*");
    }
  }

  /** Only SCRAM asks a server to prove itself. */
  @ParameterizedTest
  @MethodSource("ways")
  void acceptedAtOnce(Way way) {
    ScriptedDialog dialog = new ScriptedDialog(script("235 welcome, whoever you are"));
    if (way.mechanism().startsWith("SCRAM")) {
      assertThat(failure(SmtpAuthenticationException.class, dialog, way))
          .hasMessageContaining("did not prove that it knows the password");
    } else {
      assertThat(authenticate(dialog, way).block()).isEqualTo(way.mechanism());
    }
    assertThat(dialog.said).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void connectionLost(Way way) {
    ScriptedDialog whole = new ScriptedDialog(way.to().get());
    authenticate(whole, way).block();
    for (int lines = 1; lines <= whole.said.size(); lines++) {
      ScriptedDialog dialog = new ScriptedDialog(lostAfter(lines, way.to().get()));
      assertThat(failure(SmtpException.class, dialog, way)).isSameAs(dialog.lost);
      assertThat(dialog.said).hasSize(lines);
    }
  }

  static Stream<Arguments> serversThatDoNotKnowThePassword() {
    return Stream.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1")
        .map(name -> Arguments.of(scram(name), new ScramServer(name, "another")));
  }

  @ParameterizedTest
  @MethodSource("serversThatDoNotKnowThePassword")
  void wrongSignature(Way way, UnaryOperator<String> server) {
    ScriptedDialog dialog =
        new ScriptedDialog(line -> line.equals("*") ? "501 cancelled" : server.apply(line));
    assertThat(failure(SmtpAuthenticationException.class, dialog, way))
        .hasMessageContaining("Invalid SCRAM server signature");
    assertThat(dialog.said).hasSize(3).endsWith("*");
  }

  /** Right up to the verdict. */
  private static ScriptedDialog ending(Way way, String verdict) {
    UnaryOperator<String> server = way.to().get();
    return new ScriptedDialog(
        line -> {
          String reply = server.apply(line);
          return reply.startsWith("235") ? verdict : reply;
        });
  }

  private static UnaryOperator<String> lostAfter(int lines, UnaryOperator<String> server) {
    int[] heard = {0};
    return line -> ++heard[0] == lines ? LOST : server.apply(line);
  }
}
