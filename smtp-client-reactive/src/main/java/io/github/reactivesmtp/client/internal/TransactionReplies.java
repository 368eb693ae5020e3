package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The replies that one transaction has had so far, each in its place, and what they come to. */
final class TransactionReplies {

  private final @Nullable SmtpReply[] toRcpt;
  private @Nullable SmtpReply toMail;
  private @Nullable SmtpReply toData;
  private @Nullable SmtpReply toContent;

  /**
   * LMTP: the reply to the content for each accepted recipient (RFC 2033 §4.2), once it is sent.
   */
  private @Nullable SmtpReply @Nullable [] own;

  private int accepted;

  TransactionReplies(int recipients) {
    toRcpt = new SmtpReply[recipients];
  }

  // --- entering

  void enterMail(SmtpReply reply) {
    toMail = reply;
  }

  void enterRcpt(int index, SmtpReply reply) {
    toRcpt[index] = reply;
    accepted += reply.isPositive() && isPositive(toMail) ? 1 : 0;
  }

  void enterData(SmtpReply reply) {
    toData = reply;
  }

  void enterContent(SmtpReply reply) {
    toContent = reply;
  }

  /** From now on the content has a reply for each accepted recipient. */
  void expectOwn() {
    own = new SmtpReply[accepted];
  }

  /** Enters one of those. */
  void enterOwn(int index, SmtpReply reply) {
    if (own != null) {
      own[index] = reply;
    }
  }

  /** Any of those to the commands may be another's. */
  void forgetCommands() {
    toMail = null;
    toData = null;
    Arrays.fill(toRcpt, null);
  }

  /** Any of those for accepted recipients may be another's. */
  void forgetOwn() {
    if (own != null) {
      Arrays.fill(own, null);
    }
  }

  void forgetContent() {
    toContent = null;
  }

  // --- asking

  int recipients() {
    return toRcpt.length;
  }

  @Nullable SmtpReply toMail() {
    return toMail;
  }

  @Nullable SmtpReply toRcpt(int index) {
    return toRcpt[index];
  }

  @Nullable SmtpReply toData() {
    return toData;
  }

  /** What decided about the content: the first refusal of a chunk, or else the last reply. */
  @Nullable SmtpReply toContent() {
    return toContent;
  }

  boolean expectsOwn() {
    return own != null;
  }

  /** LMTP's reply for the accepted recipient of that number. */
  @Nullable SmtpReply own(int index) {
    return own == null ? null : own[index];
  }

  /** How many recipients were accepted, whether that is still believed or not. */
  int accepted() {
    return accepted;
  }

  boolean isMailRefused() {
    return toMail != null && toMail.isNegative();
  }

  boolean isContentRefused() {
    return toContent != null && toContent.isNegative();
  }

  /** Whether the content was accepted, be it for one recipient. */
  boolean isContentAccepted() {
    if (isPositive(toContent)) {
      return true;
    }
    if (own != null) {
      for (SmtpReply reply : own) {
        if (isPositive(reply)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether some recipients were refused, and not all. 421 refuses nobody. */
  boolean isRefusedForSome() {
    int refused = 0;
    for (SmtpReply reply : toRcpt) {
      refused += reply != null && reply.isNegative() && reply.code() != 421 ? 1 : 0;
    }
    return !isMailRefused() && refused > 0 && refused < toRcpt.length;
  }

  private static boolean isPositive(@Nullable SmtpReply reply) {
    return reply != null && reply.isPositive();
  }
}
