package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;

/** Who waits for replies: a command of the handshake or a mail transaction. */
interface ReplyReceiver {

  /** A reply to the first thing said that has none yet. */
  Verdict onReply(SmtpReply reply);

  /** How many replies are due for what it has said so far. */
  int repliesDue();

  /** Whether it is known why others come behind the last reply due, if that is this one. */
  default boolean explainsMore(SmtpReply reply) {
    return false;
  }

  /** Replies came out of step: those it has got may be another's. */
  void distrust();

  /** Whether a message of it left with its commands, so that the server may take it unheard. */
  default boolean isAllSaid() {
    return false;
  }

  /** Whether it waits for nothing more. */
  boolean isDone();

  /** What it waits for. */
  Phase phase();

  /** It was {@link #isDone() done} and has left the line. */
  void onDone();

  /**
   * The connection is gone; no reply will come.
   *
   * @param unread whether it is known that the server has read nothing of what it has not answered
   */
  void onLost(Throwable cause, boolean unread);
}
