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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One envelope on its way to its result. Handed from thread to thread through the dispatcher's
 * queue; only one has it at a time.
 */
final class PendingSend {

  private final Envelope envelope;
  private final MessageFacts facts;
  private final ResultListener listener;
  private final @Nullable RecipientResult[] results;

  /** How many recipients are still to be sent to. */
  private int open;

  private int attempts;

  /** Those made before it was deferred. */
  private int attemptsBefore;

  private int deferred;
  private final long taken = System.nanoTime();
  private volatile long waitingSince = taken;

  /** Whether what comes next is the rest of an attempt that had no room for all recipients. */
  private boolean continued;

  /** How many recipients a transaction may have, as far as servers have shown. */
  private int room = Integer.MAX_VALUE;

  private boolean wasNoAttempt;
  private boolean contentUsed;
  private @Nullable SmtpReply reply;
  private @Nullable Throwable cause;
  private @Nullable SocketAddress server;

  PendingSend(Envelope envelope, ResultListener listener) {
    this.envelope = envelope;
    this.facts = MessageFacts.of(envelope);
    this.listener = listener;
    this.results = new RecipientResult[envelope.recipients().size()];
    this.open = results.length;
  }

  Envelope envelope() {
    return envelope;
  }

  MessageFacts facts() {
    return facts;
  }

  boolean isCancelled() {
    return listener.isCancelled();
  }

  /** Whether something was said of it, so that there is something to tell. */
  boolean isBegun() {
    return attempts > 0;
  }

  /** It waits for a session from now on, or still if its last attempt was none. */
  void waits() {
    if (!wasNoAttempt) {
      waitingSince = System.nanoTime();
    }
  }

  /** Since when it waits for a session, by {@link System#nanoTime()}. */
  long waitingSince() {
    return waitingSince;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - taken);
  }

  /** The recipients of which nothing is known yet but that they were not sent to. */
  List<Recipient> remaining() {
    if (open == results.length) {
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

  /** How many of them a transaction should have at most. */
  int room() {
    return room;
  }

  /** An attempt begins: a transaction, or a connection that did not come about. */
  void attempt() {
    wasNoAttempt = false;
    attempts += continued ? 0 : 1;
  }

  /**
   * It was no attempt: what was only refused for its company (an overlapped group), found no room
   * in a session, or was not read by a server that had enough of others.
   */
  void attemptDoesNotCount() {
    wasNoAttempt = true;
    attempts -= continued ? 0 : 1;
  }

  void contentUsed() {
    contentUsed = true;
  }

  /** Enters what an attempt came to; its recipients are some that {@link #remaining} named. */
  void enter(TransactionOutcome outcome, @Nullable SocketAddress from) {
    List<RecipientResult> entered = outcome.recipients();
    if (entered.isEmpty()) {
      return;
    }
    int next = 0;
    int openBefore = open;
    open = 0;
    for (int i = 0; i < results.length; i++) {
      if (isOpen(results[i]) && next < entered.size() && isFor(i, entered.get(next))) {
        results[i] = entered.get(next++);
      }
      open += isOpen(results[i]) ? 1 : 0;
    }
    reply = outcome.reply() == null ? reply : outcome.reply();
    // What is not known stays so, and its cause with it, whatever becomes of other recipients.
    cause = outcome.cause() == null && has(Outcome.UNKNOWN) ? cause : outcome.cause();
    server = from == null ? server : from;
    boolean allSettled = openBefore - open == entered.size();
    learnRoom(outcome.room(), allSettled);
    // Either way the next is about fewer recipients, so this comes to an end.
    continued = open > 0 && (allSettled || outcome.room() > 0);
    if (continued && !isContentThere()) {
      cause =
          new MessageRefusedException(
              "The server does not take all recipients at once, and this content cannot be read"
                  + " again for the others: they were not sent to.",
              outcome.cause());
    }
  }

  private boolean isFor(int i, RecipientResult result) {
    return envelope.recipients().get(i).address().equals(result.address());
  }

  /**
   * After "too many" the next transaction has no more than were taken: a server that is asked again
   * and again may hang up (Postfix does). It need not be a fixed number, so without a complaint the
   * next but one has more.
   */
  private void learnRoom(int taken, boolean allSettled) {
    if (taken > 0) {
      room = taken;
    } else if (allSettled) {
      room = room > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * room;
    }
  }

  private boolean isContentThere() {
    return !contentUsed
        || !(envelope.body() instanceof MessageBody.Streamed streamed)
        || streamed.isRepeatable();
  }

  /** Whether another attempt could change something and is allowed. */
  boolean mayRetry(int maxAttempts) {
    return open > 0
        && (continued || attempts - attemptsBefore < maxAttempts)
        && isContentThere()
        && !(cause instanceof MessageRefusedException);
  }

  /** Why the last attempt ended before its last reply, if it did. */
  @Nullable Throwable cause() {
    return cause;
  }

  /** Whether recipients were refused for now, and can be sent to again. */
  boolean isDeferred() {
    return has(Outcome.DEFERRED) && isContentThere();
  }

  /** Whether that became of a recipient. */
  boolean has(Outcome outcome) {
    for (RecipientResult result : results) {
      if (result != null && result.outcome() == outcome) {
        return true;
      }
    }
    return false;
  }

  /** How many times it was begun again for them. */
  int deferred() {
    return deferred;
  }

  /** Makes another attempt for the recipients that were refused for now. */
  void beginAgain() {
    for (int i = 0; i < results.length; i++) {
      RecipientResult result = results[i];
      if (result != null && result.outcome() == Outcome.DEFERRED) {
        results[i] = TransactionOutcome.notBegun(result.address());
        open++;
      }
    }
    cause = has(Outcome.UNKNOWN) ? cause : null;
    deferred++;
    waits();
    attemptsBefore = attempts;
    continued = false;
  }

  /** Gives the result to who waits for it; it is returned if nobody does. */
  @Nullable SendResult finish() {
    SendResult result = result();
    return listener.onResult(result) ? null : result;
  }

  private SendResult result() {
    List<RecipientResult> all = new ArrayList<>(results.length);
    for (int i = 0; i < results.length; i++) {
      RecipientResult result = results[i];
      all.add(
          result == null
              ? TransactionOutcome.notBegun(envelope.recipients().get(i).address())
              : result);
    }
    Outcome outcome = all.get(0).outcome();
    for (RecipientResult result : all) {
      outcome = result.outcome() == outcome ? outcome : Outcome.PARTIAL;
    }
    return new SendResult(envelope, outcome, all, reply, attempts, server, cause);
  }

  /**
   * Ends with an error that concerns every envelope; what is known of recipients comes first.
   *
   * @return the result if there is one and nobody waits for it
   */
  @Nullable SendResult fail(Throwable error) {
    if (open < results.length) {
      cause = error;
      return finish();
    }
    if (listener.onFailure(error)) {
      return null;
    }
    cause = error;
    return result();
  }

  private static boolean isOpen(@Nullable RecipientResult result) {
    return result == null || result.outcome() == Outcome.NOT_SENT;
  }
}
