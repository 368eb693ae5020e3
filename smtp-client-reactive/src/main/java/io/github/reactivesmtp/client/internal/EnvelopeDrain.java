package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.Extension;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Takes envelopes from a source when its session has room for them, and says what their
 * transactions want said. Confined to the event loop.
 */
final class EnvelopeDrain implements ContentWriter.Listener {

  /**
   * A connection that was idle for longer may be gone without our knowing: a firewall forgot it,
   * the server crashed. The first message then keeps the end of its content until the server has
   * answered, so that it can be sent elsewhere if it does not.
   */
  private static final long STALE = TimeUnit.SECONDS.toNanos(1);

  private final SmtpSession session;
  private final Channel channel;
  private final ClientOptions options;
  private final ServerTraits traits;
  private final PendingReplies pending;
  private final WireBuffer out;

  private final Intake intake;
  private volatile SessionLimits limits;
  private @Nullable MonoSink<Void> drained;

  /** The delivery begun last; the others in {@link #pending} are written and wait for replies. */
  private @Nullable Delivery current;

  /** Done, but not yet said to be so. */
  private final UnconfirmedDeliveries unconfirmed = new UnconfirmedDeliveries(this::report);

  private @Nullable ContentWriter writer;

  private boolean begun;

  /** Whether a message came to its end; a 421 after that is not about being available. */
  private boolean useful;

  private boolean endedCleanly;
  private boolean pumping;
  private boolean pumpAgain;

  /** How many transactions may be under way at once. */
  private final TransactionWindow window;

  private long idleSince;
  private boolean stale;

  EnvelopeDrain(
      SmtpSession session,
      ClientOptions options,
      ServerTraits traits,
      PendingReplies pending,
      WireBuffer out) {
    this.session = session;
    this.channel = session.channel();
    this.options = options;
    this.traits = traits;
    this.pending = pending;
    this.out = out;
    this.window = new TransactionWindow(options, traits);
    double most = options.rateLimit().messagesPerSecondPerConnection();
    this.intake = new Intake(channel.eventLoop(), most, this::pump);
    this.limits = limitedBy(Capabilities.Limits.NONE);
  }

  /** What the server lets the session do. */
  void limits(Capabilities.Limits stated) {
    limits = limitedBy(stated);
  }

  private SessionLimits limitedBy(Capabilities.Limits stated) {
    return new SessionLimits(stated, options.pool().maxMessagesPerConnection());
  }

  /** Whether the session may have no more envelopes. */
  boolean isSpent() {
    return limits.isSpent();
  }

  boolean hasBegun() {
    return begun;
  }

  boolean isUseful() {
    return useful;
  }

  /** Sends what the source has; {@code done} is told when it has no more or the session is lost. */
  void start(EnvelopeSource envelopes, MonoSink<Void> done) {
    intake.open(envelopes);
    drained = done;
    stale = begun && now() - idleSince > STALE;
    pump();
  }

  /** Says all that can be said now. */
  void pump() {
    if (pumping) {
      pumpAgain = true; // a publisher that signals at once, or the socket that has room, leads here
      return;
    }
    pumping = true;
    try {
      do {
        pumpAgain = false;
        while (session.maySay() && advance()) {
          pending.removeDone();
          if (out.isFull()) {
            session.flush();
          }
        }
        session.flush();
      } while (pumpAgain);
    } finally {
      pumping = false;
    }
    finish();
  }

  /**
   * One step of the transaction begun last, or the beginning of another; false if all must wait.
   */
  private boolean advance() {
    Delivery delivery = current;
    if (delivery == null || mayBeFollowed(delivery)) {
      return begin();
    }
    MailTransaction transaction = delivery.transaction();
    switch (transaction.next()) {
      case SAY -> out.command(transaction.nextCommand());
      case SEND_CONTENT -> sendContent(delivery);
      case SEND_LONE_DOT -> sendLoneDot(transaction);
      case AWAIT_REPLY -> {
        return false;
      }
      case ABORT -> {
        Throwable why = transaction.outcome(null).cause();
        session.lose(
            why != null
                ? why
                : new SmtpException("Closed without the final dot, so that nothing is delivered."));
        return false;
      }
      case DONE -> {
        return pending.first() == delivery;
      }
    }
    return true;
  }

  private boolean mayBeFollowed(Delivery delivery) {
    return delivery.transaction().isWritten()
        && channel.isWritable()
        && window.hasRoom(session.capabilities(), pending.size() + unconfirmed.size());
  }

  private boolean begin() {
    EnvelopeSource from = intake.source();
    if (from == null || (current == null && !pending.isEmpty())) {
      return false;
    }
    PendingSend send = limits.isSpent() ? intake.takeKept() : intake.take();
    if (send == null) {
      return false;
    }
    send.attempt();
    boolean overlapped = current != null && !window.isStreaming(session.capabilities());
    boolean clean = current != null ? current.transaction().endedCleanly() : endedCleanly;
    try {
      TransactionPlan plan =
          TransactionPlan.of(
              send.envelope(),
              send.remaining(),
              send.facts(),
              session.capabilities(),
              session.isVerified(),
              options,
              begun && !clean,
              overlapped);
      if (overlapsUnfit(plan)) {
        send.attemptDoesNotCount();
        intake.keep(send);
        return false;
      }
      plan = limits.admit(stale ? plan.inSteps() : plan, send.room());
      if (plan == null) {
        send.attemptDoesNotCount();
        from.ended(send, TransactionOutcome.NO_ROOM, channel.remoteAddress());
        return true;
      }
      begun = true;
      stale = false;
      current = new Delivery(this, send, new MailTransaction(plan), out);
      pending.add(current);
      window.begun(send.facts());
    } catch (MessageRefusedException refused) {
      from.ended(send, TransactionOutcome.notBegun(send, refused), channel.remoteAddress());
    }
    return true;
  }

  /**
   * What must see replies before its content goes waits for all those before it: where the client
   * waits anyway it can insist on having heard each reply once.
   */
  private boolean overlapsUnfit(TransactionPlan plan) {
    return current != null
        && window.isStreaming(session.capabilities())
        && plan.transfer() != Transfer.BDAT_AT_ONCE;
  }

  /** Whether what has come since it found nothing is worth another look; asked by any thread. */
  boolean wantsToBeWoken() {
    return intake.wantsToBeWoken();
  }

  private void sendContent(Delivery delivery) {
    MailTransaction transaction = delivery.transaction();
    PendingSend send = delivery.send();
    transaction.contentBegun();
    send.contentUsed();
    ContentEncoder encoder =
        transaction.plan().transfer() == Transfer.DATA
            ? new DotStuffingEncoder(out, transaction, options.bareNewlines())
            : new ChunkingEncoder(
                out, channel.alloc(), transaction, options.bareNewlines(), send.facts().asIs());
    boolean refuseEightBit =
        !options.allowEightBit()
            && !send.facts().inMemory()
            && !send.facts().binary()
            && !session.capabilities().supports(Extension.EIGHT_BIT_MIME);
    writer = new ContentWriter(channel.eventLoop(), encoder, refuseEightBit, this);
    writer.write(send.envelope().body(), send.facts());
  }

  private void sendLoneDot(MailTransaction transaction) {
    ByteBuffer target = out.reserve(DotStuffing.MAX_TERMINATOR);
    DotStuffing.terminate(target, DotStuffing.State.START);
    out.commit(target);
    transaction.loneDotWritten();
  }

  @Override
  public boolean onPieceWritten() {
    session.flush();
    return channel.isWritable();
  }

  @Override
  public void onContentWritten() {
    writer = null;
    if (current != null) {
      current.contentWritten();
    }
    pump();
  }

  @Override
  public void onContentFailed(MessageRefusedException reason) {
    writer = null;
    session.lose(reason);
  }

  /** A reply was given to whom it belongs. */
  void onReply() {
    if (current != null && current.transaction().isContentRefused()) {
      stopWriting();
    }
  }

  /** The socket has room again; whether there is content that waits for it. */
  boolean onWritable() {
    if (writer == null) {
      pump();
      return false;
    }
    writer.onWritable();
    return true;
  }

  /** Sends no more of the content that is being sent. */
  void stopWriting() {
    if (writer != null) {
      writer.cancel();
      writer = null;
    }
  }

  /** A delivery is done, or its connection is lost; each ends here, once. */
  void onDeliveryEnded(Delivery delivery, @Nullable Throwable lost, boolean unread) {
    window.ended(delivery.send().facts());
    if (delivery == current) {
      current = null;
      stopWriting();
    }
    MailTransaction transaction = delivery.transaction();
    endedCleanly = transaction.endedCleanly();
    useful |= endedCleanly;
    if (transaction.plan().overlapped()) {
      learnOfOverlap(transaction, lost);
    }
    if (unread && transaction.isUnanswered()) {
      delivery.send().attemptDoesNotCount(); // the server had enough of others, not of this
    }
    if (lost == null && transaction.refusedOverlap()) {
      delivery.send().attemptDoesNotCount();
      intake.keep(delivery.send());
    } else if (lost != null) {
      unconfirmed.confirm();
      report(delivery, lost);
    } else {
      unconfirmed.add(delivery, pending.isEmpty() || !window.isStreaming(session.capabilities()));
    }
  }

  /** Replies came out of step: others may have before. */
  void disbelieveUnconfirmed(Throwable why) {
    unconfirmed.disbelieve(why);
  }

  private void report(Delivery delivery, @Nullable Throwable lost) {
    EnvelopeSource source = intake.source();
    if (source != null) {
      source.ended(delivery.send(), delivery.outcome(lost), channel.remoteAddress());
    }
  }

  private void learnOfOverlap(MailTransaction transaction, @Nullable Throwable lost) {
    if (lost == null && transaction.refusedOverlap()) {
      traits.overlapRefused();
    } else if (transaction.isUnanswered()) {
      traits.overlapLost();
    } else {
      traits.overlapWorked();
    }
  }

  /** The session is lost, and all that was under way has ended. */
  void lost(Throwable cause) {
    PendingSend kept = intake.takeKept();
    EnvelopeSource source = intake.source();
    if (kept != null && source != null) {
      source.ended(kept, TransactionOutcome.notBegun(kept, cause), channel.remoteAddress());
    }
    intake.cancelPause();
    finish();
  }

  private void finish() {
    MonoSink<Void> sink = drained;
    if (sink != null && pending.isEmpty() && !intake.isWaiting()) {
      drained = null;
      intake.close();
      idleSince = now();
      sink.success();
    }
  }

  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
