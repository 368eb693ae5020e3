package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One command and its one reply, outside of a transaction: the greeting, EHLO, QUIT. */
final class Exchange implements ReplyReceiver {

  private final MonoSink<SmtpReply> sink;
  private final Phase phase;
  private @Nullable SmtpReply reply;

  Exchange(MonoSink<SmtpReply> sink, Phase phase) {
    this.sink = sink;
    this.phase = phase;
  }

  @Override
  public Verdict onReply(SmtpReply reply) {
    this.reply = reply;
    return Verdict.GO_ON;
  }

  @Override
  public int repliesDue() {
    return reply == null ? 1 : 0;
  }

  @Override
  public void distrust() {} // a lost connection ends it either way

  @Override
  public boolean isDone() {
    return reply != null;
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public void onDone() {
    sink.success(reply);
  }

  @Override
  public void onLost(Throwable cause, boolean unread) {
    sink.error(cause);
  }
}
