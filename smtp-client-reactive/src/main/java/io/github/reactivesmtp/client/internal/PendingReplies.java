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
    if (more && reply.code() != 421 && repliesDue() == 1 && !first.explainsMore(reply)) {
      first.distrust();
      return Verdict.VIOLATION;
    }
    Verdict verdict = first.onReply(reply);
    if (verdict != Verdict.VIOLATION) {
      removeDone();
    }
    return verdict;
  }

  private int repliesDue() {
    int due = 0;
    for (ReplyReceiver receiver : line) {
      due += receiver.repliesDue();
    }
    return due;
  }

  /** Lets those go who wait for nothing more. */
  void removeDone() {
    ReplyReceiver first;
    while ((first = line.peek()) != null && first.isDone()) {
      line.remove();
      first.onDone();
    }
  }

  /** No reply will come any more. */
  void lost(Throwable cause) {
    ReplyReceiver first;
    while ((first = line.poll()) != null) {
      first.onLost(cause);
    }
  }
}
