package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.internal.MailTransaction.Verdict;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One connection: says what its transactions want said, gives replies to whom they belong, and
 * takes the next envelope when it has room for it. All but {@link #drain}, {@link #exchange},
 * {@link #respond} and {@link #close} happens on the channel's event loop.
 */
final class SmtpSession implements ContentWriter.Listener, Dialog {

  private final Channel channel;
  private final ServerAddress server;
  private final ClientOptions options;
  private final ServerTraits traits;
  private final PendingReplies pending = new PendingReplies();
  private final WireBuffer out;
  private final ReplyTimer timer;

  private Capabilities capabilities = Capabilities.NONE;
  private SessionLimits limits = new SessionLimits(Capabilities.Limits.NONE);
  private @Nullable TlsDetails tls;
  private @Nullable EnvelopeSource source;
  private @Nullable MonoSink<Void> drained;

  /** The delivery begun last; the others in {@link #pending} are written and wait for replies. */
  private @Nullable Delivery current;

  private @Nullable ContentWriter writer;
  private @Nullable PendingSend repeat;
  private boolean begun;

  /** Whether the server has taken a message; what it says then is not about being available. */
  private boolean useful;

  private boolean endedCleanly;
  private boolean pumping;

  /** Whether something was said or heard since the timer was set: parts of a reply don't count. */
  private boolean progress;

  private volatile boolean open = true;

  /** Why it is not open any more. */
  private @Nullable Throwable lost;

  private Consumer<Throwable> onLost = cause -> {};

  SmtpSession(Channel channel, ServerAddress server, ClientOptions options, ServerTraits traits) {
    this.channel = channel;
    this.server = server;
    this.options = options;
    this.traits = traits;
    this.out = new WireBuffer(channel);
    this.timer = new ReplyTimer(channel.eventLoop(), this::onTimeout);
  }

  /** Whether it may be used: connected, and every reply accounted for. */
  boolean isOpen() {
    return open && channel.isActive();
  }

  /** Whether it may be used for another envelope. */
  boolean isReusable() {
    return isOpen() && !limits.isSpent();
  }

  ServerAddress server() {
    return server;
  }

  /** Has itself told, on the event loop, why the session ended; not if it has already. */
  void whenLost(Consumer<Throwable> listener) {
    onLost = listener;
  }

  Channel channel() {
    return channel;
  }

  /** How the connection is encrypted; null if it is not. */
  @Nullable TlsDetails tls() {
    return tls;
  }

  void tls(TlsDetails agreed) {
    tls = agreed;
  }

  /** What the server offered last. */
  Capabilities capabilities() {
    return capabilities;
  }

  void capabilities(Capabilities offered) {
    capabilities = offered;
    limits = new SessionLimits(offered.limits());
  }

  /** Whether the connection is encrypted and the server is who it should be. */
  boolean isVerified() {
    return tls != null && tls.isVerified();
  }

  @Override
  public Mono<SmtpReply> exchange(@Nullable SmtpCommand command, Phase phase) {
    return ask(
        phase,
        () -> {
          if (command != null) {
            out.command(command);
          }
        });
  }

  @Override
  public Mono<SmtpReply> respond(AuthResponse response) {
    return ask(Phase.COMMAND, () -> out.authResponse(response));
  }

  private Mono<SmtpReply> ask(Phase phase, Runnable writing) {
    return Mono.create(
        sink ->
            onLoop(
                () -> {
                  if (!isOpen()) {
                    sink.error(lost != null ? lost : lostBecause(null));
                    return;
                  }
                  pending.add(new Exchange(sink, phase));
                  progress = true;
                  writing.run();
                  flush();
                }));
  }

  /** Sends what the source has until it has no more, or the connection is gone. Never an error. */
  Mono<Void> drain(EnvelopeSource envelopes) {
    return Mono.create(
        sink ->
            onLoop(
                () -> {
                  source = envelopes;
                  drained = sink;
                  pump();
                }));
  }

  /** QUIT if nothing is under way, and the end of the connection either way. */
  Mono<Void> close() {
    return exchange(SmtpCommand.QUIT, Phase.COMMAND)
        .timeout(options.timeouts().connect())
        .onErrorComplete()
        .doFinally(signal -> abort("The client closed the connection."))
        .then();
  }

  /** Ends the connection at once. */
  void abort(String reason) {
    onLoop(() -> lose(new SmtpException(reason)));
  }

  // --- saying

  private void pump() {
    if (pumping) {
      return; // a publisher that signals at once leads back here
    }
    pumping = true;
    try {
      while (open && advance()) {
        pending.removeDone();
      }
    } finally {
      pumping = false;
    }
    flush();
    finishDrain();
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
        lose(
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
        && capabilities.supports(Extension.PIPELINING)
        && !traits.refusesOverlap()
        && pending.size() < 2;
  }

  private boolean begin() {
    EnvelopeSource from = source;
    if (from == null || (current == null && !pending.isEmpty())) {
      return false;
    }
    PendingSend send = repeat != null || limits.isSpent() ? repeat : from.poll();
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
              capabilities,
              isVerified(),
              options,
              begun && !clean,
              overlapped);
      plan = limits.admit(plan, send.room());
      if (plan == null) {
        send.attemptDoesNotCount();
        from.ended(send, TransactionOutcome.NO_ROOM, channel.remoteAddress());
        return true;
      }
      begun = true;
      current = new Delivery(this, send, new MailTransaction(plan));
      pending.add(current);
    } catch (MessageRefusedException refused) {
      from.ended(send, TransactionOutcome.notBegun(send, refused), channel.remoteAddress());
    }
    return true;
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
            && !capabilities.supports(Extension.EIGHT_BIT_MIME);
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
    flush();
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
    lose(reason);
  }

  void onWritabilityChanged() {
    if (channel.isWritable() && writer != null) {
      progress = true;
      armTimer();
      writer.onWritable();
    }
  }

  private void stopWriting() {
    if (writer != null) {
      writer.cancel();
      writer = null;
    }
  }

  private void flush() {
    if (open) {
      progress |= out.flush();
      armTimer();
    }
  }

  // --- hearing

  /**
   * A reply came.
   *
   * @param more whether octets came behind it in the same read
   */
  void onReply(SmtpReply reply, boolean more) {
    ReplyReceiver first = pending.first();
    if (more && first != null && first.phase() == Phase.STARTTLS && reply.isPositive()) {
      lose(new InjectedOctetsException(server, null));
      return;
    }
    progress = true;
    Verdict verdict = pending.deliver(reply);
    if (verdict == Verdict.CLOSING) {
      if (!useful) {
        traits.unavailable();
      }
      lose(new SmtpException(server + " closes the connection: " + reply));
    } else if (verdict == Verdict.VIOLATION) {
      lose(new SmtpException(server + " sent a reply out of place: " + reply));
    } else if (current != null && current.transaction().isContentRefused()) {
      stopWriting();
    }
  }

  /** Part of a reply came while none is due: what follows would be taken for another's. */
  void onPartialReply() {
    if (pending.isEmpty()) {
      lose(new SmtpException(server + " sent something nobody asked for."));
    }
  }

  void onMalformedReply(Exception malformed) {
    lose(new SmtpException(server + " broke the protocol: " + malformed.getMessage(), malformed));
  }

  /** All replies of one read were given. */
  void onBatchRead() {
    if (open) {
      pump();
    }
  }

  void onConnectionLost(@Nullable Throwable cause) {
    lose(lostBecause(cause));
  }

  private SmtpException lostBecause(@Nullable Throwable cause) {
    String why = cause == null ? " closed the connection." : ": " + cause.getMessage();
    return new SmtpException(server + why, cause);
  }

  private void onTimeout() {
    ReplyReceiver first = pending.first();
    if (first != null) {
      lose(first.phase().timedOut(options.timeouts(), server));
    }
  }

  private void armTimer() {
    ReplyReceiver first = pending.first();
    if (first == null || !open) {
      timer.disarm();
    } else if (progress) {
      progress = false;
      timer.arm(first.phase().timeout(options.timeouts()));
    }
  }

  // --- ending

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

  private void lose(Throwable cause) {
    if (!open) {
      return;
    }
    open = false;
    lost = cause;
    timer.stop();
    stopWriting();
    out.release();
    channel.close();
    onLost.accept(cause);
    pending.lost(cause);
    if (repeat != null && source != null) {
      source.ended(repeat, TransactionOutcome.notBegun(repeat, cause), channel.remoteAddress());
      repeat = null;
    }
    finishDrain();
  }

  private void finishDrain() {
    MonoSink<Void> sink = drained;
    if (sink != null && pending.isEmpty() && repeat == null) {
      drained = null;
      source = null;
      sink.success();
    }
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }
}
