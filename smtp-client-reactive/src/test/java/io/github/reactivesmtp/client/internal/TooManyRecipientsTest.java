package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.internal.MailTransaction.Step;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.SmtpReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which replies to RCPT say that the transaction is full (RFC 5321 §4.5.3.1.10). */
class TooManyRecipientsTest {

  private static TransactionOutcome outcome(boolean allOrNothing, String... rcptReplies) {
    MailTransaction transaction =
        new MailTransaction(
            TransactionPlayer.plan(
                rcptReplies.length, Transfer.DATA, true, false, allOrNothing, false));
    while (transaction.next() == Step.SAY) {
      transaction.nextCommand();
    }
    transaction.onReply(SmtpReply.of(250, "sender ok"));
    boolean accepted = false;
    for (String reply : rcptReplies) {
      int code = Integer.parseInt(reply.substring(0, 3));
      accepted |= code == 250;
      transaction.onReply(SmtpReply.of(code, reply.substring(4)));
    }
    transaction.onReply(accepted ? SmtpReply.of(354, "go") : SmtpReply.of(503, "no"));
    if (transaction.next() == Step.SEND_CONTENT) {
      transaction.contentBegun();
      transaction.contentWritten();
      transaction.contentLeft();
      transaction.onReply(SmtpReply.of(250, "queued"));
    }
    return transaction.outcome(null);
  }

  @ParameterizedTest
  @CsvSource({
    // the first recipient, the second, what becomes of the second, whether the server said so
    "250 ok, 452 4.5.3 Error: too many recipients, NOT_SENT, true",
    "250 ok, 452 Too many recipients, NOT_SENT, true",
    "250 ok, 552 5.5.3 Too many recipients, NOT_SENT, true",
    "250 ok, 552 Too many recipients, NOT_SENT, true",
    "250 ok, 452 4.3.1 Insufficient system storage, DEFERRED, false",
    "250 ok, 452 4.2.2 Mailbox full, DEFERRED, false",
    "250 ok, 452 4.2.3 Message too long for this mailbox, DEFERRED, false",
    "250 ok, 552 5.2.2 Mailbox full, REJECTED, false",
    "250 ok, 450 4.5.3 Greylisted, DEFERRED, false",
    "250 ok, 451 4.5.3 Try again, DEFERRED, false",
    "250 ok, 550 5.5.3 No such user, REJECTED, false",
    // nothing was taken before: the next transaction would come no further
    "550 no, 452 4.5.3 Error: too many recipients, DEFERRED, false",
    "550 no, 552 5.5.3 Too many recipients, REJECTED, false",
    "452 4.5.3 no, 452 4.5.3 Error: too many recipients, DEFERRED, false"
  })
  void afterAnAcceptedRecipientItIsNoRefusal(
      String first, String second, String outcome, boolean tooMany) {
    TransactionOutcome found = outcome(false, first, second);
    assertThat(found.recipients().get(1).outcome()).hasToString(outcome);
    assertThat(found.recipients().get(1).reply()).hasToString(second);
    assertThat(found.room()).isEqualTo(tooMany ? 1 : 0);
    assertThat(found.reply()).hasToString(first.startsWith("2") ? "250 queued" : second);
  }

  @ParameterizedTest
  @CsvSource({
    "250 a,250 b,452 c,452 d,2",
    "250 a,550 b,452 c,250 d,1",
    "550 a,250 b,452 c,452 d,1",
    "250 a,250 b,250 c,552 d,3",
    "250 a,250 b,250 c,250 d,0"
  })
  void roomIsWhatWasTakenBefore(String a, String b, String c, String d, int room) {
    assertThat(outcome(false, a, b, c, d).room()).isEqualTo(room);
  }

  @Test
  void withAllOrNothingItIsARefusal() {
    TransactionOutcome found = outcome(true, "250 ok", "452 4.5.3 Error: too many recipients");
    assertThat(found.recipients())
        .extracting(result -> result.outcome().name())
        .containsExactly("NOT_SENT", "DEFERRED");
    assertThat(found.room()).isZero();
    assertThat(found.cause()).hasMessageContaining("all-or-nothing");
  }
}
