package io.github.reactivesmtp.client.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts from outside, in every field that a command has: none becomes another command. */
class InjectionIT {

  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final String EVIL = "x\r\nRSET\r\nMAIL FROM:<evil@from.example>";

  private final SmtpServer server =
      SmtpServer.builder().extensions("PIPELINING", "DSN", "ETRN", "EXPN", "SMTPUTF8").start();
  private final SmtpClient client = builder().build();

  private record Field(String name, Consumer<SmtpClient> attempt) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Field> fields() {
    return Stream.of(
        new Field("sender", client -> Envelope.builder().from(EVIL)),
        new Field("recipient", client -> Envelope.builder().to(EVIL + "@to.example")),
        new Field("domain", client -> MailAddress.of("a", EVIL)),
        new Field("local part", client -> MailAddress.of(EVIL, "to.example")),
        new Field("envid", client -> MailParameters.builder().envid(EVIL)),
        new Field("mail keyword", client -> MailParameters.builder().other(EVIL, null)),
        new Field("mail value", client -> MailParameters.builder().other("X", EVIL)),
        new Field("orcpt type", client -> RcptParameters.builder().orcpt(EVIL, "a@b")),
        new Field("orcpt", client -> RcptParameters.builder().orcpt("rfc822", EVIL)),
        new Field("rcpt keyword", client -> RcptParameters.builder().other(EVIL, null)),
        new Field("rcpt value", client -> RcptParameters.builder().other("X", EVIL)),
        new Field("helo name", client -> SmtpClient.builder("localhost", 25).helloName(EVIL)),
        new Field("vrfy", client -> client.vrfy(EVIL).block(WAIT)),
        new Field("expn", client -> client.expn(EVIL).block(WAIT)),
        new Field("help", client -> client.help(EVIL).block(WAIT)),
        new Field("etrn", client -> client.etrn(EVIL).block(WAIT)));
  }

  private SmtpClient.Builder builder() {
    return SmtpClient.builder(server.host(), server.port())
        .tls(TlsMode.NONE)
        .helloName("client.example");
  }

  @AfterEach
  void close() {
    client.disposeLater().block(WAIT);
    server.close();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void noFieldTakesALineEnd(Field field) {
    assertThatThrownBy(() -> field.attempt().accept(client))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessageNotContaining("\r");
    assertThat(server.transcript()).noneMatch(line -> line.contains("evil"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a> ORCPT=x\"@to.example",
        "\"a@b x\"@to.example",
        "=?utf-8?q?a=3E?=@to.example",
        "\u0430@to.example"
      })
  void theAddressArrivesAsItIsAndNothingElse(String address) {
    Envelope envelope =
        Envelope.builder()
            .from("me@from.example")
            .to(address)
            .body(MessageBody.text("Subject: x\r\n\r\nx\r\n"))
            .build();

    assertThat(client.send(envelope).block(WAIT).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(server.messages().get(0).recipients())
        .singleElement()
        .satisfies(
            rcpt -> {
              assertThat(rcpt.forwardPath()).hasToString(address);
              assertThat(rcpt.parameters()).isEqualTo(RcptParameters.NONE);
            });
  }

  @Test
  void aHeaderOfTheContentIsNoEnvelope() {
    Envelope envelope =
        Envelope.builder()
            .from("me@from.example")
            .to("you@to.example")
            .body(
                MessageBody.text(
                    "To: a\r\nBcc: evil@to.example\r\n\r\n\n.\nRCPT TO:<evil@to.example>\n"))
            .build();

    assertThat(client.send(envelope).block(WAIT).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(server.transcript()).noneMatch(line -> line.contains("evil"));
    assertThat(server.messages()).hasSize(1);
  }
}
