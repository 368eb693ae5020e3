package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTlsException;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.TlsMode;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each TLS mode with Postfix; what the client said stands in Postfix's log. */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixTlsIT {

  private static final Envelope MESSAGE = Mail.envelope("s", "a");

  private final PostfixServer postfix;
  private final List<TlsDetails> secured = new CopyOnWriteArrayList<>();

  PostfixTlsIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED,      STARTTLS,          TLSv1.3",
    "REQUIRED,      STARTTLS,          TLSv1.2",
    "REQUIRED,      STARTTLS_REQUIRED, TLSv1.3",
    "REQUIRED,      STARTTLS_REQUIRED, TLSv1.2",
    "IMPLICIT,      IMPLICIT_TLS,      TLSv1.3",
    "IMPLICIT,      IMPLICIT_TLS,      TLSv1.2",
    "OPPORTUNISTIC, STARTTLS,          TLSv1.3",
    "OPPORTUNISTIC, STARTTLS_REQUIRED, TLSv1.2",
  })
  void encrypts(TlsMode mode, PostfixService service, String version) throws IOException {
    postfix.markLog();

    assertDelivered(client(mode, service).tls(tls -> tls.protocols(version)));

    assertThat(secured).singleElement().matches(TlsDetails::isVerified);
    assertThat(secured.get(0).protocol()).isEqualTo(version);
    postfix.awaitLogLine("TLS connection established from .*: " + version + " with cipher ");
    postfix.awaitLogLine(
        mode == TlsMode.IMPLICIT
            ? "disconnect from \\S+ ehlo=1 mail=1 "
            : "disconnect from \\S+ ehlo=2 starttls=1 mail=1 ");
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED, STARTTLS,     TLSv1.3",
    "REQUIRED, STARTTLS,     TLSv1.2",
    "IMPLICIT, IMPLICIT_TLS, TLSv1.3",
    "IMPLICIT, IMPLICIT_TLS, TLSv1.2",
  })
  void tellsAServerItDoesNotTrustNothing(TlsMode mode, PostfixService service, String version) {
    SmtpClient.Builder client =
        SmtpClient.builder("127.0.0.1", postfix.port(service))
            .tls(mode)
            .tls(tls -> tls.protocols(version));

    assertNothingSaid(client, "127.0.0.1:" + postfix.port(service) + " is not trusted: ");
  }

  @ParameterizedTest
  @CsvSource({"REQUIRED, STARTTLS", "IMPLICIT, IMPLICIT_TLS"})
  void tellsAServerOfAnotherNameNothing(TlsMode mode, PostfixService service) {
    SmtpClient.Builder client = client(mode, service).tls(tls -> tls.serverName("other.example"));

    assertNothingSaid(client, "its certificate is not for other.example but for localhost");
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.0.0.1"})
  void takesAnyNameOfTheCertificate(String name) throws IOException {
    assertDelivered(
        client(TlsMode.REQUIRED, PostfixService.STARTTLS).tls(tls -> tls.serverName(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "REQUIRED, PLAIN, offers no STARTTLS",
    "IMPLICIT, PLAIN, does not begin with TLS",
  })
  void tellsAServerWithoutTlsNothing(TlsMode mode, PostfixService service, String reason) {
    assertNothingSaid(client(mode, service), reason);
  }

  @Test
  void opportunisticIsInClearWhereThereIsNoTls() throws IOException {
    postfix.markLog();

    assertDelivered(client(TlsMode.OPPORTUNISTIC, PostfixService.PLAIN));

    assertThat(secured).isEmpty();
    postfix.awaitLogLine("disconnect from \\S+ ehlo=1 mail=1 ");
  }

  @ParameterizedTest
  @CsvSource({"OPPORTUNISTIC", "REQUIRED"})
  void encryptsWithWhoeverItIsWhereThatIsWanted(TlsMode mode) throws IOException {
    SmtpClient.Builder client =
        SmtpClient.builder("127.0.0.1", postfix.port(PostfixService.STARTTLS)).tls(mode);
    if (mode == TlsMode.REQUIRED) {
      client.tls(tls -> tls.insecureSkipVerify());
    }
    postfix.markLog();

    assertDelivered(observed(client));

    assertThat(secured).singleElement().matches(tls -> !tls.isVerified());
    postfix.awaitLogLine("disconnect from \\S+ ehlo=2 starttls=1 mail=1 ");
  }

  /** As documented: the name is not checked either. */
  @Test
  void skippingVerificationSkipsTheNameWithAContextMadeElsewhere() throws IOException {
    SslContext context =
        SslContextBuilder.forClient()
            .trustManager(postfix.certificates().authority().toFile())
            .build();

    assertDelivered(
        client(TlsMode.REQUIRED, PostfixService.STARTTLS)
            .tls(tls -> tls.context(context).insecureSkipVerify().serverName("other.example")));
  }

  @Test
  void saysWhatAServerThatWantsTlsAnswersInClear() {
    SendResult result =
        Clients.send(client(TlsMode.NONE, PostfixService.STARTTLS_REQUIRED), MESSAGE);

    assertThat(result.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(result.reply()).hasToString("530 5.7.0 Must issue a STARTTLS command first");
  }

  private SmtpClient.Builder client(TlsMode mode, PostfixService service) {
    return observed(Clients.of(postfix, service).tls(mode));
  }

  private SmtpClient.Builder observed(SmtpClient.Builder client) {
    return client.observer(
        event -> {
          if (event instanceof ConnectionEvent.Secured now) {
            secured.add(now.tls());
          }
        });
  }

  private void assertDelivered(SmtpClient.Builder client) throws IOException {
    assertThat(Clients.send(client, MESSAGE)).matches(SendResult::isAccepted);
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(MESSAGE));
  }

  /** Nothing but what leads to TLS, which to a server without it is no command. */
  private void assertNothingSaid(SmtpClient.Builder client, String reason) {
    postfix.markLog();
    assertThatThrownBy(() -> Clients.send(client, MESSAGE))
        .isInstanceOf(SmtpTlsException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("Nothing was sent");
    postfix.awaitLogLine(
        "disconnect from \\S+ (ehlo=1 )?(starttls=0/1 )?(unknown=\\S+ )?commands=");
  }
}
