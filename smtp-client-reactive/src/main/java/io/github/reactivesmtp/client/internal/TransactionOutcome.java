package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.codec.EnhancedStatus;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpCommand;
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
 * @param room how many recipients the server took before it said that there are too many; 0 if it
 *     did not say so
 */
record TransactionOutcome(
    List<RecipientResult> recipients,
    @Nullable SmtpReply reply,
    @Nullable Throwable cause,
    int room) {

  /** Of a session that may have none of the recipients: nothing was tried. */
  static final TransactionOutcome NO_ROOM = new TransactionOutcome(List.of(), null, null, 0);

  TransactionOutcome {
    recipients = List.copyOf(recipients);
  }

  /**
   * The table of outcomes.
   *
   * @param loneDot whether the content was a lone dot: what is said to it is about nobody's message
   * @param contentLeft whether the end of the content was handed to the socket
   * @param reached what the next reply would be to
   */
  static TransactionOutcome of(
      TransactionPlan plan,
      TransactionReplies replies,
      boolean loneDot,
      boolean contentLeft,
      SendPhase reached,
      @Nullable Throwable cause) {
    SmtpReply mail = replies.toMail();
    SmtpReply data = replies.toData();
    SmtpReply content = loneDot ? null : replies.toContent();
    boolean allLeft = contentLeft && !loneDot;
    // Of the replies to DATA only a refusal tells of the content; 2yz is none that is legal there.
    SmtpReply ofData = content == null && data != null && data.isNegative() ? data : content;
    boolean toContent = content != null || replies.expectsOwn();
    List<RecipientResult> results = new ArrayList<>(replies.recipients());
    SmtpReply last = null;
    SmtpReply lastOfContent = null;
    int accepted = 0;
    int room = 0;
    for (int i = 0; i < replies.recipients(); i++) {
      SmtpReply ofRcpt = replies.toRcpt(i);
      Outcome outcome;
      SmtpReply reply;
      SendPhase phase;
      if (mail != null && mail.isNegative()) {
        outcome = refusal(mail);
        reply = mail;
        phase = SendPhase.MAIL;
        last = mail;
      } else if (ofRcpt != null && ofRcpt.isNegative()) {
        boolean tooMany = accepted > 0 && !plan.allOrNothing() && saysTooMany(ofRcpt);
        room = tooMany && room == 0 ? accepted : room;
        outcome = tooMany ? Outcome.NOT_SENT : refusal(ofRcpt);
        reply = ofRcpt;
        phase = SendPhase.RCPT;
        last = tooMany ? last : ofRcpt;
      } else {
        reply = ofData == null ? replies.own(accepted) : ofData;
        Outcome ofContent = contentOutcome(reply, toContent, allLeft);
        outcome = ofRcpt == null && ofContent != Outcome.UNKNOWN ? Outcome.NOT_SENT : ofContent;
        phase = reply == null ? reached : contentPhase(toContent, allLeft);
        lastOfContent = reply == null ? lastOfContent : reply;
        accepted++;
      }
      results.add(
          new RecipientResult(
              plan.recipients().get(i).address(), outcome, reply, phase, command(plan, phase, i)));
    }
    // The reply to DATA or the content came after all others, but decides nothing for those
    // refused.
    return new TransactionOutcome(
        results, lastOfContent == null ? last : lastOfContent, cause, room);
  }

  private static SendPhase contentPhase(boolean toContent, boolean contentLeft) {
    if (!toContent) {
      return SendPhase.DATA;
    }
    return contentLeft ? SendPhase.END_OF_CONTENT : SendPhase.CONTENT;
  }

  private static @Nullable SmtpCommand command(TransactionPlan plan, SendPhase phase, int index) {
    return switch (phase) {
      case MAIL -> plan.mail();
      case RCPT -> plan.rcpt(index);
      case DATA -> SmtpCommand.DATA;
      case NOT_BEGUN, CONTENT, END_OF_CONTENT -> null;
    };
  }

  /**
   * Whether a server has no room in this transaction for more recipients (RFC 5321 §4.5.3.1.10):
   * 452, or 552 as RFC 821 had it. With a status of another kind (RFC 3463 §3.6) they say that
   * storage is full.
   */
  private static boolean saysTooMany(SmtpReply reply) {
    if (reply.code() != 452 && reply.code() != 552) {
      return false;
    }
    EnhancedStatus status = reply.enhancedStatus();
    return status == null || (status.subject() == 5 && status.detail() == 3);
  }

  /** Nothing was said of this message. */
  static TransactionOutcome notBegun(PendingSend send, Throwable cause) {
    List<RecipientResult> results = new ArrayList<>();
    send.remaining().forEach(r -> results.add(notBegun(r.address())));
    return new TransactionOutcome(results, null, cause, 0);
  }

  /** Nothing was said of this message to this recipient. */
  static RecipientResult notBegun(MailAddress recipient) {
    return new RecipientResult(recipient, Outcome.NOT_SENT, null, SendPhase.NOT_BEGUN, null);
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
