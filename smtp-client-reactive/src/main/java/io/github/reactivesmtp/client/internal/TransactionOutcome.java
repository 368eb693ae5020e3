package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction came to.
 *
 * @param recipients one result for each recipient of the plan, in its order
 * @param reply the last reply that decided something
 * @param cause what ended it before its last reply
 */
record TransactionOutcome(
    List<RecipientResult> recipients, @Nullable SmtpReply reply, @Nullable Throwable cause) {

  TransactionOutcome {
    recipients = List.copyOf(recipients);
  }

  /**
   * The table of outcomes. {@code contentLeft}: the end of the content was handed to the socket.
   */
  static TransactionOutcome of(
      TransactionPlan plan,
      @Nullable SmtpReply mail,
      @Nullable SmtpReply[] rcpt,
      @Nullable SmtpReply data,
      @Nullable SmtpReply content,
      boolean contentLeft,
      @Nullable Throwable cause) {
    // Of the replies to DATA only a refusal tells of the content; 2yz is none that is legal there.
    SmtpReply ofData = content == null && data != null && data.isNegative() ? data : content;
    Outcome ofContent = contentOutcome(ofData, content != null, contentLeft);
    List<RecipientResult> results = new ArrayList<>(rcpt.length);
    SmtpReply last = null;
    boolean contentDecided = false;
    for (int i = 0; i < rcpt.length; i++) {
      SmtpReply own = rcpt[i];
      Outcome outcome;
      SmtpReply reply;
      if (mail != null && mail.isNegative()) {
        // A server that took the content of a sender it had refused says two things at once.
        boolean taken = content != null && content.isPositive();
        outcome = taken ? Outcome.UNKNOWN : refusal(mail);
        reply = mail;
        last = mail;
      } else if (own != null && own.isNegative()) {
        outcome = refusal(own);
        reply = own;
        last = own;
      } else {
        outcome = own == null && ofContent != Outcome.UNKNOWN ? Outcome.NOT_SENT : ofContent;
        reply = ofData;
        contentDecided = true;
      }
      results.add(new RecipientResult(plan.recipients().get(i).address(), outcome, reply));
    }
    // The reply to DATA or the content came after all others, but decides nothing for those
    // refused.
    last = contentDecided && ofData != null ? ofData : last;
    return new TransactionOutcome(results, last, cause);
  }

  /** Nothing was said of this message. */
  static TransactionOutcome notBegun(PendingSend send, Throwable cause) {
    List<RecipientResult> results = new ArrayList<>();
    send.remaining()
        .forEach(r -> results.add(new RecipientResult(r.address(), Outcome.NOT_SENT, null)));
    return new TransactionOutcome(results, null, cause);
  }

  private static Outcome contentOutcome(
      @Nullable SmtpReply reply, boolean isToContent, boolean contentLeft) {
    if (reply == null) {
      return contentLeft ? Outcome.UNKNOWN : Outcome.NOT_SENT;
    }
    if (reply.isPositive()) {
      return Outcome.ACCEPTED;
    }
    // 421 to the whole content is a transient refusal of it; before its end, only a goodbye.
    boolean toTheWhole = isToContent && contentLeft && reply.isTransient();
    return toTheWhole ? Outcome.DEFERRED : refusal(reply);
  }

  /** 421 is about the connection, not about the message: another connection may take it. */
  private static Outcome refusal(SmtpReply reply) {
    if (reply.code() == 421) {
      return Outcome.NOT_SENT;
    }
    return reply.isPermanent() ? Outcome.REJECTED : Outcome.DEFERRED;
  }
}
