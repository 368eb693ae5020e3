package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.Extension;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
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

  private final RateLimiter rate;
  private volatile SessionLimits limits;
  private @Nullable EnvelopeSource source;
  private @Nullable MonoSink<Void> drained;

  /** The delivery begun last; the others in {@link #pending} are written and wait for replies. */
  private @Nullable Delivery current;

  private @Nullable ContentWriter writer;
  private @Nullable PendingSend repeat;
  private boolean begun;

  /** Whether a message came to its end; a 421 after that is not about being available. */
  private boolean useful;

  private boolean endedCleanly;
  private boolean pumping;

  /** The rate is kept: until this has run there is no other message. */
  private @Nullable Future<?> pause;

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
    double most = options.rateLimit().messagesPerSecondPerConnection();
    this.rate = new RateLimiter(most, this::now);
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
    source = envelopes;
    drained = done;
    stale = begun && now() - idleSince > STALE;
    pump();
  }

  /** Says all that can be said now. */
  void pump() {
    if (pumping) {
      return; // a publisher that signals at once leads back here
    }
    pumping = true;
    try {
      while (session.isOpen() && advance()) {
        pending.removeDone();
      }
    } finally {
      pumping = false;
    }
    session.flush();
    finish();
  }

  /**
   * One step of the transaction begun last, or the beginning of another; false if all must wait.
   */
  private boolean advance() {
    Delivery delivery = current;
    if (delivery == null || (delivery.transaction().isWritten() && mayOverlap())) {
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

  private boolean mayOverlap() {
    return options.pipelining() == Pipelining.OVERLAPPED
        && session.capabilities().supports(Extension.PIPELINING)
        && !traits.refusesOverlap()
        && pending.size() < 2;
  }

  private boolean begin() {
    EnvelopeSource from = source;
    if (from == null || (current == null && !pending.isEmpty())) {
      return false;
    }
    PendingSend send = repeat != null || limits.isSpent() ? repeat : take(from);
    if (send == null) {
      return false;
    }
    repeat = null;
    send.attempt();
    boolean overlapped = current != null;
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
      plan = limits.admit(stale ? plan.inSteps() : plan, send.room());
      if (plan == null) {
        send.attemptDoesNotCount();
        from.ended(send, TransactionOutcome.NO_ROOM, channel.remoteAddress());
        return true;
      }
      begun = true;
      stale = false;
      current = new Delivery(this, send, new MailTransaction(plan));
      pending.add(current);
    } catch (MessageRefusedException refused) {
      from.ended(send, TransactionOutcome.notBegun(send, refused), channel.remoteAddress());
    }
    return true;
  }

  /** The next envelope, if the connection may have one already; if not, it keeps itself free. */
  private @Nullable PendingSend take(EnvelopeSource from) {
    long wait = rate.waitNanos();
    if (wait == 0) {
      PendingSend send = from.poll();
      if (send != null) {
        rate.tryTake();
      }
      return send;
    }
    if (pause == null && from.waiting() > 0) {
      pause = channel.eventLoop().schedule(this::endPause, wait, TimeUnit.NANOSECONDS);
    }
    return null;
  }

  private void endPause() {
    pause = null;
    pump();
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
                out, channel.alloc(), transaction, options.bareNewlines(), send.facts().binary());
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
      out.whenFlushed(current.transaction()::contentLeft);
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
  void onDeliveryEnded(Delivery delivery, @Nullable Throwable lost) {
    if (delivery == current) {
      current = null;
      stopWriting();
    }
    MailTransaction transaction = delivery.transaction();
    endedCleanly = transaction.endedCleanly();
    useful |= endedCleanly;
    EnvelopeSource to = source;
    if (to == null) {
      return;
    }
    if (transaction.plan().overlapped()) {
      learnOfOverlap(transaction, lost);
    }
    if (lost == null && transaction.refusedOverlap()) {
      delivery.send().attemptDoesNotCount();
      repeat = delivery.send();
    } else {
      to.ended(delivery.send(), delivery.outcome(lost), channel.remoteAddress());
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
    if (repeat != null && source != null) {
      source.ended(repeat, TransactionOutcome.notBegun(repeat, cause), channel.remoteAddress());
      repeat = null;
    }
    if (pause != null) {
      pause.cancel(false);
      pause = null;
    }
    finish();
  }

  private void finish() {
    MonoSink<Void> sink = drained;
    if (sink != null && pending.isEmpty() && repeat == null && pause == null) {
      drained = null;
      source = null;
      idleSince = now();
      sink.success();
    }
  }

  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
