package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.SmtpReply;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * One envelope on its way to its result. Handed from thread to thread through the dispatcher's
 * queue; only one has it at a time.
 */
final class PendingSend {

  private final Envelope envelope;
  private final MessageFacts facts;
  private final MonoSink<SendResult> sink;
  private final @Nullable RecipientResult[] results;

  private int attempts;
  private boolean contentUsed;
  private volatile boolean cancelled;
  private @Nullable SmtpReply reply;
  private @Nullable Throwable cause;
  private @Nullable SocketAddress server;

  PendingSend(Envelope envelope, MonoSink<SendResult> sink) {
    this.envelope = envelope;
    this.facts = MessageFacts.of(envelope.body());
    this.sink = sink;
    this.results = new RecipientResult[envelope.recipients().size()];
  }

  Envelope envelope() {
    return envelope;
  }

  MessageFacts facts() {
    return facts;
  }

  /** Nobody waits for the result any more. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** The recipients of which nothing is known yet but that they were not sent to. */
  List<Recipient> remaining() {
    if (attempts == 0 || results[0] == null) {
      return envelope.recipients();
    }
    List<Recipient> remaining = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      if (isOpen(results[i])) {
        remaining.add(envelope.recipients().get(i));
      }
    }
    return remaining;
  }

  /** An attempt begins: a transaction, or a connection that did not come about. */
  void attempt() {
    attempts++;
  }

  /** What was only refused for its company (an overlapped group) does not count. */
  void attemptDoesNotCount() {
    attempts--;
  }

  void contentUsed() {
    contentUsed = true;
  }

  /** Enters what an attempt came to; its recipients are those that {@link #remaining} named. */
  void enter(TransactionOutcome outcome, @Nullable SocketAddress from) {
    int next = 0;
    for (int i = 0; i < results.length; i++) {
      if (isOpen(results[i])) {
        results[i] = outcome.recipients().get(next++);
      }
    }
    reply = outcome.reply() == null ? reply : outcome.reply();
    cause = outcome.cause();
    server = from == null ? server : from;
  }

  /** Whether another attempt could change something and is allowed. */
  boolean mayRetry(int maxAttempts) {
    boolean contentThere =
        !contentUsed
            || !(envelope.body() instanceof MessageBody.Streamed streamed)
            || streamed.isRepeatable();
    return attempts < maxAttempts
        && contentThere
        && !(cause instanceof MessageRefusedException)
        && Arrays.stream(results).anyMatch(PendingSend::isOpen);
  }

  /** Gives the result to who waits for it. */
  void finish() {
    List<RecipientResult> all = new ArrayList<>(results.length);
    for (int i = 0; i < results.length; i++) {
      RecipientResult result = results[i];
      all.add(
          result != null
              ? result
              : new RecipientResult(
                  envelope.recipients().get(i).address(), Outcome.NOT_SENT, null));
    }
    Outcome outcome = all.get(0).outcome();
    for (RecipientResult result : all) {
      outcome = result.outcome() == outcome ? outcome : Outcome.PARTIAL;
    }
    sink.success(new SendResult(envelope, outcome, all, reply, attempts, server, cause));
  }

  /** Ends with an error that concerns every envelope. */
  void fail(Throwable error) {
    sink.error(error);
  }

  private static boolean isOpen(@Nullable RecipientResult result) {
    return result == null || result.outcome() == Outcome.NOT_SENT;
  }
}
