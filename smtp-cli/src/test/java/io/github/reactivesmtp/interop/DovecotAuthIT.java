package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.TlsMode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each mechanism with Dovecot's submission, in each of its ends. */
@NeedsDovecot
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DovecotAuthIT {

  private static final Envelope MESSAGE = Mail.envelope("s", "a");
  private static final int ATTEMPTS = 2;

  private final PostfixServer postfix;
  private final DovecotServer dovecot;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> authenticated = new CopyOnWriteArrayList<>();

  DovecotAuthIT(PostfixServer postfix, DovecotServer dovecot) {
    this.postfix = postfix;
    this.dovecot = dovecot;
  }

  @ParameterizedTest
  @EnumSource
  void right(Mechanism mechanism) throws IOException {
    dovecot.markLog();

    assertDelivered(client().credentials(mechanism.right()));

    assertThat(authenticated).containsExactly(mechanism.toString());
    dovecot.awaitLogLine("Login: user=<ann>, method=" + mechanism + ", .*, TLS");
  }

  @ParameterizedTest
  @EnumSource
  void wrong(Mechanism mechanism) {
    assertRefused(mechanism.wrong(), mechanism.toString(), "535 5.7.8 Authentication failed");
  }

  /** No stepping down: the strongest is refused, and so is the client. */
  @Test
  void wrongOfAll() {
    assertRefused(
        Credentials.password(DovecotServer.USER, "wrong"),
        "SCRAM-SHA-256",
        "535 5.7.8 Authentication failed");
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "LOGIN", "CRAM_MD5", "SCRAM_SHA_1", "SCRAM_SHA_256"})
  void closed(Mechanism mechanism) {
    assertRefused(
        mechanism.with("closed", Mono.just("closed")), mechanism.toString(), "525 5.7.13 closed");
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "LOGIN", "CRAM_MD5", "SCRAM_SHA_1", "SCRAM_SHA_256"})
  void later(Mechanism mechanism) {
    SendResult result =
        Clients.send(
            client().maxAttempts(ATTEMPTS).credentials(mechanism.with("later", Mono.just("any"))),
            MESSAGE);

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause())
        .isExactlyInstanceOf(SmtpException.class)
        .hasMessageContaining("454 4.7.0 Temporary authentication failure");
    assertThat(failures).hasSize(ATTEMPTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "XOAUTH2;     expired; \"status\":\"401\"",
        "XOAUTH2;     forged;  \"status\":\"401\"",
        "OAUTHBEARER; expired; \"status\":\"invalid_token\"",
        "OAUTHBEARER; forged;  \"status\":\"invalid_token\""
      })
  void badTokenIsRefusedWithTheReason(Mechanism mechanism, String kind, String reason) {
    String token =
        kind.equals("expired") ? AccessTokens.expired("ann") : AccessTokens.forged("ann");

    assertThatThrownBy(() -> Clients.send(client().credentials(mechanism.with(token)), MESSAGE))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("535 5.7.8 ")
        .hasMessageNotContaining(token);
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "LOGIN", "CRAM_MD5", "SCRAM_SHA_1", "SCRAM_SHA_256"})
  void passwordBeyondAscii(Mechanism mechanism) throws IOException {
    assertDelivered(
        client()
            .credentials(
                mechanism.with(
                    DovecotServer.UNICODE_USER, Mono.just(DovecotServer.UNICODE_PASSWORD))));
  }

  @Test
  void tokenIsAskedForOncePerConnection() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Mono<String> token =
        Mono.fromSupplier(
            () -> {
              asked.incrementAndGet();
              return AccessTokens.valid("ann");
            });
    List<Envelope> messages = Mail.many(5, "a");

    List<SendResult> results =
        Clients.use(
            client()
                .credentials(Credentials.bearerToken("ann", token))
                .pool(pool -> pool.maxConnections(1)),
            client ->
                client
                    .noop()
                    .then(client.noop())
                    .thenMany(client.sendAll(Flux.fromIterable(messages)))
                    .collectList());

    assertThat(results).hasSize(5).allMatch(SendResult::isAccepted);
    assertThat(asked).hasValue(3);
    assertThat(authenticated).containsExactly("OAUTHBEARER", "OAUTHBEARER", "OAUTHBEARER");
    assertThat(postfix.takeMessages(5)).containsExactlyInAnyOrderElementsOf(Mail.copies(messages));
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUIRED", "OPPORTUNISTIC"})
  void offeredAfterStartTlsOnly(TlsMode mode) throws IOException {
    assertDelivered(
        client(DovecotServer.TLS_ONLY_HOST).tls(mode).credentials(Mechanism.PLAIN.right()));
  }

  @Test
  void notOfferedInClear() {
    SmtpClient.Builder client =
        client(DovecotServer.TLS_ONLY_HOST)
            .tls(TlsMode.NONE)
            .allowCleartextAuth()
            .credentials(Mechanism.PLAIN.right());

    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOf(SmtpAuthenticationException.class)
        .hasMessageContaining("offers no authentication")
        .hasMessageContaining("STARTTLS");
  }

  private void assertDelivered(SmtpClient.Builder client) throws IOException {
    assertThat(Clients.send(client, MESSAGE)).matches(SendResult::isAccepted);
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(MESSAGE));
  }

  private void assertRefused(Credentials credentials, String mechanism, String reply) {
    assertThatThrownBy(() -> Clients.send(client().credentials(credentials), MESSAGE))
        .isInstanceOfSatisfying(
            SmtpAuthenticationException.class,
            error -> {
              assertThat(error.mechanism()).isEqualTo(mechanism);
              assertThat(error.reply()).asString().startsWith(reply);
            });
    assertThat(failures).hasSize(1);
  }

  private SmtpClient.Builder client() {
    return client("127.0.0.1");
  }

  private SmtpClient.Builder client(String host) {
    return Clients.trusting(dovecot.certificates(), host, dovecot.submissionPort())
        .observer(this::note);
  }

  private void note(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Failed failed) {
      failures.add(failed.cause());
    } else if (event instanceof ConnectionEvent.Authenticated done) {
      authenticated.add(done.mechanism());
    }
  }
}
