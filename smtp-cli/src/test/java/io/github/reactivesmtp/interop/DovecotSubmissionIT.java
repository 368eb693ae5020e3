package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.Notify;
import io.github.reactivesmtp.codec.RcptParameters;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail submitted to Dovecot, which relays it to Postfix. */
@NeedsDovecot
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DovecotSubmissionIT {

  private static final List<Envelope> MESSAGES = Mail.many(50, "a");

  private final PostfixServer postfix;
  private final DovecotServer dovecot;

  DovecotSubmissionIT(PostfixServer postfix, DovecotServer dovecot) {
    this.postfix = postfix;
    this.dovecot = dovecot;
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @CsvSource({"OFF, true", "OFF, false", "GROUPED, true", "GROUPED, false", "OVERLAPPED, true"})
  void relaysEachMessageOnce(Pipelining pipelining, boolean chunking) throws IOException {
    List<SendResult> results = Clients.sendAll(client(pipelining, chunking), MESSAGES);

    assertThat(results).hasSameSizeAs(MESSAGES).allMatch(SendResult::isAccepted);
    assertThat(postfix.takeMessages(MESSAGES.size()))
        .containsExactlyInAnyOrderElementsOf(Mail.copies(MESSAGES));
  }

  /**
   * Dovecot 2.3 crashes on commands that come with another message's final dot. Of that message
   * nobody can tell; all others are sent once, and soon without such groups.
   */
  @Test
  void crashOfTheServerLosesNothingAndSendsNothingTwice() throws IOException {
    dovecot.markLog();

    List<SendResult> results = Clients.sendAll(client(Pipelining.OVERLAPPED, false), MESSAGES);

    dovecot.awaitLogLine("submission.*: Panic: ");
    assertThat(results)
        .hasSameSizeAs(MESSAGES)
        .extracting(SendResult::outcome)
        .containsOnly(Outcome.ACCEPTED, Outcome.UNKNOWN);
    List<Envelope> accepted =
        results.stream().filter(SendResult::isAccepted).map(SendResult::envelope).toList();
    assertThat(postfix.takeMessages(accepted.size()))
        .doesNotHaveDuplicates()
        .containsAll(Mail.copies(accepted))
        .isSubsetOf(Mail.copies(MESSAGES));
  }

  /** DSN is offered to who is authenticated only. */
  @Test
  void passesOnWhatNotificationsAreAskedFor() throws IOException {
    Envelope message =
        Mail.builder("s")
            .to(
                MailAddress.parse("a@example.test"),
                RcptParameters.builder()
                    .notify(Set.of(Notify.SUCCESS))
                    .orcpt("rfc822", "first@elsewhere.test")
                    .build())
            .mailParameters(MailParameters.builder().envid("no. 1").build())
            .build();

    assertThat(Clients.send(client(), message)).matches(SendResult::isAccepted);

    assertThat(postfix.takeMessages(2))
        .filteredOn(copy -> copy.returnPath().isEmpty())
        .singleElement()
        .extracting(DeliveredMessage::content)
        .asString()
        .contains("\nOriginal-Envelope-Id: no. 1\n")
        .contains("\nOriginal-Recipient: rfc822;first@elsewhere.test\n");
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @CsvSource({"OFF, true", "OFF, false", "GROUPED, true", "GROUPED, false"})
  void passesRefusalsOn(Pipelining pipelining, boolean chunking) throws IOException {
    Envelope mixed = Mail.envelope("s", "refused", "a", "later");
    Envelope refused = Mail.envelope("t", "refused1", "refused2");
    Envelope after = Mail.envelope("u", "b");

    List<SendResult> results =
        Clients.sendAll(
            client(pipelining, chunking).pool(pool -> pool.maxConnections(1)),
            List.of(mixed, refused, after));

    assertThat(results)
        .extracting(Clients::outcomes)
        .containsExactly(
            List.of(Outcome.REJECTED, Outcome.ACCEPTED, Outcome.DEFERRED),
            List.of(Outcome.REJECTED, Outcome.REJECTED),
            List.of(Outcome.ACCEPTED));
    assertThat(postfix.takeMessages(2))
        .extracting(copy -> copy.returnPath() + " to " + copy.recipient())
        .containsExactlyInAnyOrder(
            "s@example.test to a@example.test", "u@example.test to b@example.test");
  }

  private SmtpClient.Builder client(Pipelining pipelining, boolean chunking) {
    return client().pipelining(pipelining).chunking(chunking).pool(pool -> pool.maxConnections(2));
  }

  private SmtpClient.Builder client() {
    return Clients.trusting(dovecot.certificates(), "127.0.0.1", dovecot.submissionPort())
        .credentials(Mechanism.SCRAM_SHA_256.right());
  }
}
