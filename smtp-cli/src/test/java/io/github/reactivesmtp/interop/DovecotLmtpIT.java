package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** LMTP with Dovecot: each recipient's own reply, and each message once in each mailbox. */
@NeedsDovecot
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DovecotLmtpIT {

  private final DovecotServer dovecot;

  DovecotLmtpIT(DovecotServer dovecot) {
    this.dovecot = dovecot;
  }

  private enum Way {
    PORT,
    PORT_WITH_STARTTLS,
    SOCKET
  }

  static Stream<Arguments> ways() {
    return Arrays.stream(Way.values())
        .flatMap(
            way ->
                Arrays.stream(Pipelining.values())
                    .flatMap(
                        mode ->
                            Stream.of(true, false)
                                .map(chunking -> Arguments.of(way, mode, chunking))));
  }

  @ParameterizedTest(name = "{0}, {1}, chunking {2}")
  @MethodSource("ways")
  void eachRecipientHasItsOwnResult(Way way, Pipelining pipelining, boolean chunking)
      throws IOException {
    // Larger than the mailbox that is full.
    MessageBody content = MessageBody.text("Subject: x\r\n\r\n" + "x".repeat(2000) + "\r\n");
    List<Envelope> messages =
        Stream.of("first", "second", "third")
            .map(
                sender ->
                    Mail.builder(sender, "ann", "nobody", "full", "bob").body(content).build())
            .toList();

    List<SendResult> results = Clients.sendAll(client(way, pipelining, chunking), messages);

    assertThat(results).hasSize(3).allMatch(result -> result.outcome() == Outcome.PARTIAL);
    for (SendResult result : results) {
      assertThat(result.recipients())
          .extracting(DovecotLmtpIT::shown)
          .containsExactly(
              "ACCEPTED 250 2.0.0 <ann@example.test>",
              "REJECTED 550 5.1.1 <nobody@example.test>",
              "REJECTED 552 5.2.2 <full@example.test>",
              "ACCEPTED 250 2.0.0 <bob@example.test>");
    }
    for (String user : List.of("ann", "bob")) {
      assertThat(dovecot.takeMessages(user))
          .containsExactlyInAnyOrderElementsOf(
              Mail.copies(messages).stream()
                  .filter(copy -> copy.recipient().equals(Mail.address(user)))
                  .toList());
    }
    assertThat(dovecot.takeMessages("full")).isEmpty();
  }

  @ParameterizedTest(name = "{0}, {1}, chunking {2}")
  @MethodSource("ways")
  void eachMessageArrivesOnce(Way way, Pipelining pipelining, boolean chunking) throws IOException {
    List<Envelope> messages = Mail.many(50, "ann");

    List<SendResult> results = Clients.sendAll(client(way, pipelining, chunking), messages);

    assertThat(results).hasSameSizeAs(messages).allMatch(SendResult::isAccepted);
    assertThat(dovecot.takeMessages("ann"))
        .containsExactlyInAnyOrderElementsOf(Mail.copies(messages));
  }

  /** The outcome, and the reply as far as the address. */
  private static String shown(RecipientResult result) {
    String text = result.outcome() + " " + result.reply();
    return text.substring(0, text.indexOf('>') + 1);
  }

  private SmtpClient.Builder client(Way way, Pipelining pipelining, boolean chunking) {
    SmtpClient.Builder client =
        way == Way.SOCKET
            ? SmtpClient.builder(dovecot.lmtpSocket()).helloName("client.example.test")
            : Clients.trusting(dovecot.certificates(), "127.0.0.1", dovecot.lmtpPort())
                .tls(way == Way.PORT ? TlsMode.NONE : TlsMode.REQUIRED);
    return client
        .lmtp()
        .pipelining(pipelining)
        .chunking(chunking)
        .pool(pool -> pool.maxConnections(2));
  }
}
