package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/** One envelope in one transaction on one session. */
final class Delivery implements ReplyReceiver {

  private final EnvelopeDrain drain;
  private final PendingSend send;
  private final MailTransaction transaction;
  private final WireBuffer out;

  /** Where the content ends in all that the session says, once it is written. */
  private long contentEnd = Long.MAX_VALUE;

  Delivery(EnvelopeDrain drain, PendingSend send, MailTransaction transaction, WireBuffer out) {
    this.drain = drain;
    this.send = send;
    this.transaction = transaction;
    this.out = out;
  }

  /** All of the content is in the buffer. */
  void contentWritten() {
    contentEnd = out.position();
  }

  private void noteWhatLeft() {
    if (out.hasLeft(contentEnd)) {
      transaction.contentLeft();
    }
  }

  PendingSend send() {
    return send;
  }

  MailTransaction transaction() {
    return transaction;
  }

  TransactionOutcome outcome(@Nullable Throwable cause) {
    return transaction.outcome(cause);
  }

  @Override
  public Verdict onReply(SmtpReply reply) {
    noteWhatLeft();
    return transaction.onReply(reply);
  }

  @Override
  public int repliesDue() {
    return transaction.repliesDue();
  }

  @Override
  public boolean explainsMore(SmtpReply reply) {
    return transaction.isUnread(reply);
  }

  @Override
  public void distrust() {
    transaction.distrust();
  }

  @Override
  public boolean isAllSaid() {
    return transaction.isWritten() && transaction.plan().transfer() == Transfer.BDAT_AT_ONCE;
  }

  @Override
  public boolean isDone() {
    return transaction.next() == MailTransaction.Step.DONE;
  }

  @Override
  public Phase phase() {
    return transaction.phase();
  }

  @Override
  public void onDone() {
    drain.onDeliveryEnded(this, null, false);
  }

  @Override
  public void onLost(Throwable cause, boolean unread) {
    noteWhatLeft();
    if (unread) {
      transaction.restNotRead();
    }
    drain.onDeliveryEnded(this, cause, unread);
  }
}
