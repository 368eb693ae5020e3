package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one mail transaction (RFC 5321 §3.3): replies in, next step out. Pure; knows neither
 * buffers nor sockets.
 *
 * <p>Its commands are numbered: RSET if the plan asks for it, MAIL, one RCPT a recipient, and DATA
 * where the content is not sent with BDAT. {@code said} of them have left and {@code answered} of
 * them have their reply; replies come in the order of the commands, so counting is matching.
 */
final class MailTransaction {

  /** What the session does next. */
  enum Step {
    /** Say {@link #nextCommand()}. */
    SAY,
    /** Send the content, once: with DATA to the final dot, with BDAT to the LAST chunk. */
    SEND_CONTENT,
    /** End the content before it began, for nobody would get it: a lone dot (RFC 2920 §3.1). */
    SEND_LONE_DOT,
    /** Nothing can be done before the next reply. */
    AWAIT_REPLY,
    /** Close the connection: nothing else keeps the message from being delivered. */
    ABORT,
    /** All is said and answered. */
    DONE
  }

  private enum Content {
    HELD,
    BEGUN,
    WRITTEN
  }

  private final TransactionPlan plan;
  private final int mailIndex;
  private final int dataIndex;
  private final int commands;
  private final TransactionReplies replies;

  private int said;
  private int answered;
  private Content content = Content.HELD;
  private boolean contentLeft;
  private boolean loneDot;
  private int contentRepliesDue;

  /** Whether a reply to the content shows that its octets are not taken for commands. */
  private boolean octetsRead;

  MailTransaction(TransactionPlan plan) {
    this.plan = plan;
    int recipients = plan.recipients().size();
    this.mailIndex = plan.reset() ? 1 : 0;
    this.dataIndex = mailIndex + 1 + recipients;
    this.commands = dataIndex + (plan.transfer() == Transfer.DATA ? 1 : 0);
    this.replies = new TransactionReplies(recipients);
  }

  TransactionPlan plan() {
    return plan;
  }

  /** The next step; the same one until something changes. */
  Step next() {
    if (content != Content.HELD) {
      if (content == Content.BEGUN && replies.toContent() == null) {
        return Step.AWAIT_REPLY;
      }
      if (content == Content.BEGUN && plan.transfer() == Transfer.DATA) {
        return Step.ABORT; // refused in mid-content: only the dot we must not send would end it
      }
      return contentRepliesDue == 0 ? Step.DONE : Step.AWAIT_REPLY;
    }
    if (said < commands && !isPointless()) {
      return plan.pipelined() || answered == said ? Step.SAY : Step.AWAIT_REPLY;
    }
    if (plan.transfer() == Transfer.BDAT_AT_ONCE) {
      return Step.SEND_CONTENT;
    }
    if (answered < said) {
      return Step.AWAIT_REPLY;
    }
    return afterCommands();
  }

  private Step afterCommands() {
    if (plan.transfer() == Transfer.DATA) {
      SmtpReply toData = replies.toData();
      if (toData == null || toData.isNegative()) {
        return Step.DONE;
      }
      if (isWithheld()) {
        return Step.ABORT; // after 354 the dot would deliver it to those accepted
      }
      if (replies.accepted() > 0) {
        return Step.SEND_CONTENT;
      }
      // LMTP has a reply for each recipient, so to a dot for nobody there may be none.
      return plan.lmtp() ? Step.ABORT : Step.SEND_LONE_DOT;
    }
    return replies.accepted() > 0 && !isWithheld() ? Step.SEND_CONTENT : Step.DONE;
  }

  /** Without pipelining the replies already read tell what need not be said. */
  private boolean isPointless() {
    if (plan.pipelined()) {
      return false;
    }
    if (replies.isMailRefused()) {
      return true;
    }
    return answered >= dataIndex && (replies.accepted() == 0 || isWithheld());
  }

  /** Whether all-or-nothing keeps the message from the recipients that were accepted. */
  private boolean isWithheld() {
    return plan.allOrNothing()
        && answered >= dataIndex
        && replies.accepted() > 0
        && replies.accepted() < replies.recipients();
  }

  /**
   * Whether some recipients, not all, were refused so far and all-or-nothing is asked. It holds
   * when the connection was lost before all replies came, too: another attempt would leave out
   * those refused and deliver to the others.
   */
  private boolean isToBeWithheld() {
    return plan.allOrNothing() && replies.isRefusedForSome();
  }

  /** The command for {@link Step#SAY}; from now on its reply is due. */
  SmtpCommand nextCommand() {
    int index = said++;
    if (index < mailIndex) {
      return SmtpCommand.RSET;
    }
    if (index == mailIndex) {
      return plan.mail();
    }
    if (index < dataIndex) {
      return plan.rcpt(index - mailIndex - 1);
    }
    return SmtpCommand.DATA;
  }

  /** The session began to send the content. */
  void contentBegun() {
    content = Content.BEGUN;
  }

  /** The session wrote a BDAT chunk that is not the last; its reply is due. */
  void chunkWritten() {
    contentRepliesDue++;
  }

  /** The session wrote the end of the content: the dot, or the LAST chunk; its reply is due. */
  void contentWritten() {
    content = Content.WRITTEN;
    contentRepliesDue += endReplies();
    if (plan.lmtp()) {
      replies.expectOwn();
    }
  }

  /** How many replies the end of the content has. */
  private int endReplies() {
    return plan.lmtp() ? replies.accepted() : 1;
  }

  /** The session wrote the lone dot; its reply is due. */
  void loneDotWritten() {
    loneDot = true;
    contentWritten();
  }

  /** The end of the content was handed to the socket. */
  void contentLeft() {
    contentLeft = true;
  }

  /** The server has read nothing of what it has not answered, and will not. */
  void restNotRead() {
    contentLeft = false;
  }

  /** Whether all commands and the content are written, so that another transaction may follow. */
  boolean isWritten() {
    return content == Content.WRITTEN;
  }

  /** How many replies are due for what was said so far. */
  int repliesDue() {
    return said - answered + contentRepliesDue;
  }

  /** A reply came; it belongs to the first unanswered command. */
  Verdict onReply(SmtpReply reply) {
    Verdict verdict = answered < said ? onCommandReply(reply) : onContentReply(reply);
    if (verdict == Verdict.VIOLATION) {
      distrust();
    }
    return verdict;
  }

  /**
   * Replies came out of step. Those read before 354, or before the content waited for them, are in
   * doubt, too: one reply too many makes each look like the next command's.
   */
  void distrust() {
    boolean inStep =
        !plan.pipelined() || (content != Content.HELD && plan.transfer() != Transfer.BDAT_AT_ONCE);
    replies.forgetOwn();
    if (!inStep) {
      replies.forgetCommands();
    }
  }

  /** All its replies may be another's, the last too, or another's may be its. */
  void disbelieve() {
    distrust();
    replies.forgetContent();
  }

  /**
   * Whether its last reply shows that replies are in step, so that those before are what they seem:
   * one too many would have put a recipient's reply in the content's place, or a command's in
   * DATA's.
   */
  boolean confirmsStep() {
    SmtpReply toContent = replies.toContent();
    return toContent != null && !LegalReply.isAboutAddress(toContent);
  }

  private Verdict onCommandReply(SmtpReply reply) {
    int index = answered++;
    boolean taken =
        index == dataIndex ? LegalReply.startsContent(reply) : LegalReply.completes(reply);
    if (!taken && !reply.isNegative()) {
      return Verdict.VIOLATION;
    }
    if (index < mailIndex) {
      return onResetReply(reply);
    }
    if (index == mailIndex) {
      replies.enterMail(reply);
    } else if (index < dataIndex) {
      replies.enterRcpt(index - mailIndex - 1, reply);
    } else {
      replies.enterData(reply);
    }
    return Verdict.of(reply);
  }

  /**
   * RSET refused: the state of the session is anyone's guess. Where all was said at once it shows
   * by what comes next: Exim refuses RSET when it has had enough of a client, and closes.
   */
  private Verdict onResetReply(SmtpReply reply) {
    boolean refusedWithTheGroup = plan.overlapped() && reply.code() == 503;
    if (reply.isPositive() || refusedWithTheGroup) {
      return Verdict.GO_ON;
    }
    return plan.transfer() == Transfer.BDAT_AT_ONCE ? Verdict.CLOSING : Verdict.outOfPlace(reply);
  }

  private Verdict onContentReply(SmtpReply reply) {
    if (!LegalReply.completes(reply) && !reply.isNegative()) {
      return Verdict.VIOLATION;
    }
    if (contentRepliesDue == 0) {
      // A server may give up in the middle of DATA's content; it cannot have accepted it.
      boolean givenUp =
          content == Content.BEGUN
              && plan.transfer() == Transfer.DATA
              && reply.isNegative()
              && replies.toContent() == null;
      if (!givenUp) {
        return Verdict.outOfPlace(reply);
      }
      replies.enterContent(reply);
      return Verdict.of(reply);
    }
    boolean toTheEnd = content == Content.WRITTEN && contentRepliesDue <= endReplies();
    contentRepliesDue--;
    if (toTheEnd && reply.isPositive() && isDoubtful(reply)) {
      replies.forgetContent();
      return Verdict.VIOLATION;
    }
    if (toTheEnd && replies.expectsOwn()) {
      replies.enterOwn(replies.accepted() - 1 - contentRepliesDue, reply);
    } else if (replies.toContent() == null && (toTheEnd || reply.isNegative())) {
      // What decides is the first refusal of a chunk (RFC 3030 §4.2), or else the last reply.
      replies.enterContent(reply);
      if (replies.expectsOwn() && replies.accepted() > 1) {
        // How many replies the LAST chunk has after that is anyone's guess.
        return Verdict.outOfPlace(reply);
      }
    }
    boolean unread = isUnread(reply);
    octetsRead = true;
    return unread ? Verdict.UNREAD : Verdict.of(reply);
  }

  /**
   * Whether what looks like the acceptance of the content may be another command's reply: a chunk
   * was refused before it, nobody is there to get it, or it speaks of an address where replies were
   * not kept in step by 354.
   */
  private boolean isDoubtful(SmtpReply reply) {
    boolean forNobody = replies.accepted() == 0 && !loneDot;
    boolean outOfStep =
        plan.transfer() != Transfer.DATA && !plan.lmtp() && LegalReply.isAboutAddress(reply);
    return replies.toContent() != null || forNobody || outOfStep;
  }

  /**
   * Whether the reply, if it is to the first BDAT, shows that its octets may be taken for commands;
   * those have replies, too.
   */
  boolean isUnread(SmtpReply reply) {
    return answered == said
        && !octetsRead
        && plan.transfer() != Transfer.DATA
        && LegalReply.refusesCommand(reply);
  }

  /** What is being waited for, which tells how long (RFC 5321 §4.5.3.2). */
  Phase phase() {
    if (answered < said) {
      return answered == dataIndex ? Phase.DATA_INITIATION : Phase.COMMAND;
    }
    return content == Content.WRITTEN ? Phase.DATA_TERMINATION : Phase.DATA_BLOCK;
  }

  /**
   * Whether the server refused commands for having come with the end of another message's content,
   * so that they are worth saying again alone (Haraka answers 503 to all of them).
   */
  boolean refusedOverlap() {
    SmtpReply toMail = replies.toMail();
    return plan.overlapped() && !contentLeft && toMail != null && toMail.code() == 503;
  }

  /**
   * Whether the server is certainly outside a transaction now, so that MAIL needs no RSET before
   * it: this one ended by its own final dot, or by a positive reply to its content.
   */
  boolean endedCleanly() {
    boolean byDot = plan.transfer() == Transfer.DATA && content == Content.WRITTEN;
    return byDot || replies.isContentAccepted();
  }

  /** Whether the server has said nothing to it. */
  boolean isUnanswered() {
    return answered == 0;
  }

  /**
   * Whether the server refused the content while it was being sent, so that it is not worth more.
   */
  boolean isContentRefused() {
    return replies.isContentRefused();
  }

  /** What the next reply would be to, or what is to be said next. */
  private SendPhase reached() {
    if (content != Content.HELD && answered == said) {
      return contentLeft ? SendPhase.END_OF_CONTENT : SendPhase.CONTENT;
    }
    if (answered < dataIndex) {
      return answered <= mailIndex ? SendPhase.MAIL : SendPhase.RCPT;
    }
    return answered < commands ? SendPhase.DATA : SendPhase.CONTENT;
  }

  /**
   * What became of each recipient, as far as is known now.
   *
   * @param cause why the transaction ended before its last reply; null if it did not
   */
  TransactionOutcome outcome(@Nullable Throwable cause) {
    if (isToBeWithheld() && !(cause instanceof MessageRefusedException)) {
      cause =
          new MessageRefusedException(
              "Withheld from all recipients because the server refused some (all-or-nothing).",
              cause);
    }
    return TransactionOutcome.of(plan, replies, loneDot, contentLeft, reached(), cause);
  }
}
