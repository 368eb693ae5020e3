package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for replies, in the order in which things were said: the reply that comes belongs to
 * the first. Bounded by what a session has under way. Confined to the event loop.
 */
final class PendingReplies {

  private final ArrayDeque<ReplyReceiver> line = new ArrayDeque<>();

  void add(ReplyReceiver receiver) {
    line.add(receiver);
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  int size() {
    return line.size();
  }

  @Nullable ReplyReceiver first() {
    return line.peek();
  }

  /**
   * Gives a reply to whom it belongs; with nobody there it is a violation.
   *
   * @param more whether others came behind it: then one too many came if this is the last one due,
   *     and any may be the one that does not belong
   */
  Verdict deliver(SmtpReply reply, boolean more) {
    ReplyReceiver first = line.peek();
    if (first == null) {
      return Verdict.outOfPlace(reply);
    }
    if (more && reply.code() != 421 && isLastDue() && !first.explainsMore(reply)) {
      first.distrust();
      return Verdict.VIOLATION;
    }
    Verdict verdict = first.onReply(reply);
    if (verdict != Verdict.VIOLATION) {
      removeDone();
    }
    return verdict;
  }

  /** Whether one reply is due in all. */
  private boolean isLastDue() {
    int due = 0;
    for (ReplyReceiver receiver : line) {
      due += receiver.repliesDue();
      if (due > 1) {
        return false;
      }
    }
    return due == 1;
  }

  /** Whether the server has all of a message that it has not answered. */
  boolean isAnyAllSaid() {
    for (ReplyReceiver receiver : line) {
      if (receiver.isAllSaid()) {
        return true;
      }
    }
    return false;
  }

  /** Lets those go who wait for nothing more. */
  void removeDone() {
    ReplyReceiver first;
    while ((first = line.peek()) != null && first.isDone()) {
      line.remove();
      first.onDone();
    }
  }

  /**
   * No reply will come any more.
   *
   * @param unread whether the server has read nothing of what it has not answered
   */
  void lost(Throwable cause, boolean unread) {
    ReplyReceiver first;
    while ((first = line.poll()) != null) {
      first.onLost(cause, unread);
    }
  }
}
