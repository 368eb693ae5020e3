package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/**
 * A transaction whose recipients were all refused stays open, at Postfix as elsewhere: without RSET
 * the next message would be stored under the previous sender.
 */
@NeedsPostfix
class RsetPostfixIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PostfixServer postfix;

  RsetPostfixIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @CsvSource({
    "OFF, false",
    "OFF, true",
    "GROUPED, false",
    "GROUPED, true",
    "OVERLAPPED, false",
    "OVERLAPPED, true"
  })
  void messageAfterRefusedRecipientsHasItsOwnSender(Pipelining pipelining, boolean chunking)
      throws IOException {
    postfix.markLog();
    Map<Object, Outcome> outcomes =
        send(
            pipelining,
            chunking,
            List.of(
                envelope("first", "sender-one", "before@example.test"),
                envelope("refused", "sender-two", "refused1@example.test", "refused2@example.test"),
                envelope("after", "sender-three", "after@example.test"),
                envelope("deferred", "sender-four", "later@example.test"),
                envelope("last", "sender-five", "last@example.test")));

    assertThat(outcomes)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "first", Outcome.ACCEPTED,
                "refused", Outcome.REJECTED,
                "after", Outcome.ACCEPTED,
                "deferred", Outcome.DEFERRED,
                "last", Outcome.ACCEPTED));
    assertThat(postfix.takeMessages(3))
        .extracting(DeliveredMessage::returnPath, DeliveredMessage::recipient)
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "(\"sender-one@example.test\", \"before@example.test\")",
            "(\"sender-three@example.test\", \"after@example.test\")",
            "(\"sender-five@example.test\", \"last@example.test\")");
    // All five over one connection, or it would prove nothing.
    postfix.awaitLogLine("disconnect from .* mail=5 rcpt=3/6 ");
  }

  private Map<Object, Outcome> send(
      Pipelining pipelining, boolean chunking, List<Envelope> envelopes) {
    SmtpClient client =
        SmtpClient.builder("127.0.0.1", postfix.port())
            .tls(TlsMode.NONE)
            .helloName("client.example.test")
            .pipelining(pipelining)
            .chunking(chunking)
            .pool(pool -> pool.maxConnections(1))
            .build();
    try {
      List<SendResult> results =
          client.sendAll(Flux.fromIterable(envelopes)).collectList().block(PATIENCE);
      return results.stream()
          .collect(Collectors.toMap(result -> result.envelope().tag(), SendResult::outcome));
    } finally {
      client.disposeLater().block(PATIENCE);
    }
  }

  private static Envelope envelope(String tag, String sender, String... recipients) {
    return Envelope.builder()
        .from(sender + "@example.test")
        .to(recipients)
        .body(MessageBody.text("Subject: " + tag + "\r\n\r\nText\r\n"))
        .tag(tag)
        .build();
  }
}
