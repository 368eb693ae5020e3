package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Each mechanism with Postfix, which asks Dovecot; who is who stands in Postfix's log. */
@NeedsDovecot
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixAuthIT {

  private static final Envelope MESSAGE = Mail.envelope("s", "a");

  private final PostfixServer postfix;

  PostfixAuthIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @EnumSource
  void takesMailFromWhoProvesWhoTheyAre(Mechanism mechanism) throws IOException {
    assertDelivered(
        client(PostfixService.AUTH_AFTER_STARTTLS).credentials(mechanism.right()),
        mechanism.toString());
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheWrongSecretAndNothingElseIsTried(Mechanism mechanism) {
    SmtpClient.Builder client =
        client(PostfixService.AUTH_AFTER_STARTTLS).credentials(mechanism.wrong());

    postfix.markLog();
    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOfSatisfying(
            SmtpAuthenticationException.class,
            error -> {
              assertThat(error.mechanism()).isEqualTo(mechanism.toString());
              assertThat(error.reply()).asString().startsWith("535 5.7.8 ");
            });
    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 starttls=1 auth=0/1 commands=");
  }

  /** With all mechanisms to choose from. */
  @Test
  void wrongPasswordIsTriedOnce() {
    SmtpClient.Builder client =
        client(PostfixService.AUTH_AFTER_STARTTLS)
            .credentials(Credentials.password(DovecotServer.USER, "wrong"));

    postfix.markLog();
    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOf(SmtpAuthenticationException.class);
    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 starttls=1 auth=0/1 commands=");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "AUTH_.*")
  void usesTheStrongestMechanismForPasswords(PostfixService service) throws IOException {
    SmtpClient.Builder client =
        client(service)
            .credentials(
                Credentials.password(DovecotServer.UNICODE_USER, DovecotServer.UNICODE_PASSWORD));

    postfix.markLog();
    assertThat(Clients.send(client, MESSAGE)).matches(SendResult::isAccepted);
    postfix.awaitLogLine("sasl_method=SCRAM-SHA-256, sasl_username=bob\n");
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(MESSAGE));
  }

  @Test
  void usesTheStandardMechanismForTokens() throws IOException {
    assertDelivered(
        client(PostfixService.AUTH_AFTER_STARTTLS)
            .credentials(Credentials.bearerToken("ann", Mono.just(AccessTokens.valid("ann")))),
        "OAUTHBEARER");
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN,         ehlo=1 commands=1,            the connection is not encrypted",
    "AUTH_IN_CLEAR, ehlo=2 starttls=1 commands=3, its certificate comes from no authority",
  })
  void keepsCredentialsFromWhoeverItMayBe(PostfixService service, String said, String reason) {
    SmtpClient.Builder client =
        SmtpClient.builder("127.0.0.1", postfix.port(service))
            .tls(TlsMode.OPPORTUNISTIC)
            .credentials(Mechanism.PLAIN.right());

    postfix.markLog();
    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining(reason);
    postfix.awaitLogLine("disconnect from \\S+ " + said);
  }

  @Test
  void cannotBeMadeToSendCredentialsInClear() {
    SmtpClient.Builder client =
        client(PostfixService.AUTH_IN_CLEAR).tls(TlsMode.NONE).credentials(Mechanism.PLAIN.right());

    assertThatThrownBy(client::build).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SCRAM_SHA_256", "XOAUTH2"})
  void sendsCredentialsInClearWhereThatIsWanted(Mechanism mechanism) throws IOException {
    assertDelivered(
        client(PostfixService.AUTH_IN_CLEAR)
            .tls(TlsMode.NONE)
            .allowCleartextAuth()
            .credentials(mechanism.right()),
        mechanism.toString());
    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 auth=1 mail=1 ");
  }

  @Test
  void neverAsksForAuthenticationThatIsNotOffered() {
    SmtpClient.Builder client =
        client(PostfixService.AUTH_AFTER_STARTTLS)
            .tls(TlsMode.NONE)
            .allowCleartextAuth()
            .credentials(Mechanism.PLAIN.right());

    postfix.markLog();
    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("offers no authentication");
    postfix.awaitLogLine("disconnect from \\S+ ehlo=1 commands=1");
  }

  private SmtpClient.Builder client(PostfixService service) {
    return Clients.of(postfix, service);
  }

  private void assertDelivered(SmtpClient.Builder client, String mechanism) throws IOException {
    postfix.markLog();
    assertThat(Clients.send(client, MESSAGE)).matches(SendResult::isAccepted);
    postfix.awaitLogLine("sasl_method=" + mechanism + ", sasl_username=ann\n");
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(MESSAGE));
  }
}
