package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** SMTPUTF8, SIZE and what is not offered. */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixExtensionsIT {

  /** Octets that LIMITED takes (RFC 1870). */
  private static final int LIMIT = 100_000;

  private final PostfixServer postfix;

  PostfixExtensionsIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({"grün, ann", "ann, 用户", "πέτρος, иван"})
  void addressesBeyondAscii(String sender, String recipient) throws IOException {
    Envelope message = Mail.envelope(sender, recipient);

    assertThat(Clients.send(client(PostfixService.PLAIN), message)).matches(SendResult::isAccepted);
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(message));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largestThatTheServerTakes(boolean chunking) throws IOException {
    Envelope message = Mail.builder("s", "a").body(MessageBody.text(text(LIMIT))).build();

    assertThat(Clients.send(client(PostfixService.LIMITED).chunking(chunking), message))
        .matches(SendResult::isAccepted);
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(message));
  }

  @Test
  void largerThanTheServerTakesIsNotSent() {
    Envelope message = Mail.builder("s", "a").body(MessageBody.text(text(LIMIT + 1))).build();
    postfix.markLog();

    SendResult result = Clients.send(client(PostfixService.LIMITED), message);

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause())
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("SIZE")
        .hasMessageContaining("100001")
        .hasMessageContaining("100000");
    postfix.awaitLogLine("disconnect from \\S+ ehlo=1 quit=1 commands=2");
  }

  /** The client cannot know the size beforehand, so the server says it; then comes another. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largerThanTheServerTakesIsRefused(boolean chunking) throws IOException {
    byte[] content = text(2 * LIMIT).getBytes(StandardCharsets.US_ASCII);
    MessageBody body =
        MessageBody.publisher(Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(content))));
    Envelope large = Mail.builder("large", "a").body(body).build();
    Envelope small = Mail.envelope("small", "b");

    List<SendResult> results =
        Clients.sendAll(
            client(PostfixService.LIMITED).chunking(chunking).pool(pool -> pool.maxConnections(1)),
            List.of(large, small));

    assertThat(results)
        .extracting(result -> result.envelope().tag() + " " + result.outcome())
        .containsExactly("large REJECTED", "small ACCEPTED");
    assertThat(results.get(0).reply()).asString().startsWith("552 5.3.4 ");
    assertThat(postfix.takeMessages(1)).containsExactlyElementsOf(Mail.copies(small));
  }

  @Test
  void whatIsNotOfferedIsRefusedHere() {
    Envelope message =
        Mail.builder("s", "a")
            .mailParameters(
                MailParameters.builder().auth(MailAddress.parse("x@example.test")).build())
            .build();

    SendResult result = Clients.send(client(PostfixService.PLAIN), message);

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause())
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("the server does not offer AUTH");
  }

  private SmtpClient.Builder client(PostfixService service) {
    return Clients.of(postfix, service);
  }

  /** A message of this many octets. */
  private static String text(int octets) {
    String header = "Subject: large\r\n\r\n";
    StringBuilder text = new StringBuilder(header);
    text.append(("x".repeat(98) + "\r\n").repeat((octets - header.length()) / 100 - 1));
    return text.append("y".repeat(octets - text.length() - 2)).append("\r\n").toString();
  }
}
