package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/** One envelope in one transaction on one session. */
final class Delivery implements ReplyReceiver {

  private final EnvelopeDrain drain;
  private final PendingSend send;
  private final MailTransaction transaction;

  Delivery(EnvelopeDrain drain, PendingSend send, MailTransaction transaction) {
    this.drain = drain;
    this.send = send;
    this.transaction = transaction;
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
  public boolean isDone() {
    return transaction.next() == MailTransaction.Step.DONE;
  }

  @Override
  public Phase phase() {
    return transaction.phase();
  }

  @Override
  public void onDone() {
    drain.onDeliveryEnded(this, null);
  }

  @Override
  public void onLost(Throwable cause) {
    drain.onDeliveryEnded(this, cause);
  }
}
