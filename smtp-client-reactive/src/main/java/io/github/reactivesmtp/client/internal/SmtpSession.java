package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One connection: gives replies to whom they belong, keeps the time limits, and ends for all when
 * the server breaks the protocol. What is said about envelopes is the {@link EnvelopeDrain}'s. All
 * but {@link #drain}, {@link #exchange}, {@link #respond}, {@link #close} and {@link #abort}
 * happens on the channel's event loop.
 */
final class SmtpSession implements Dialog {

  private final Channel channel;
  private final ServerAddress server;
  private final ClientOptions options;
  private final ServerTraits traits;
  private final PendingReplies pending = new PendingReplies();
  private final WireBuffer out;
  private final ReplyTimer timer;
  private final EnvelopeDrain drain;

  private Capabilities capabilities = Capabilities.NONE;
  private @Nullable TlsDetails tls;

  /** Whether something was said or heard since the timer was set: parts of a reply don't count. */
  private boolean progress;

  private volatile boolean open = true;

  /** Why it is not open any more. */
  private @Nullable Throwable lost;

  /**
   * Why the server is about to close the connection. If it does so without another word, it has
   * read nothing of what it has not answered; if it says more, nobody can tell.
   */
  private @Nullable Throwable leaving;

  private Consumer<Throwable> onLost = cause -> {};

  SmtpSession(Channel channel, ServerAddress server, ClientOptions options, ServerTraits traits) {
    this.channel = channel;
    this.server = server;
    this.options = options;
    this.traits = traits;
    this.out = new WireBuffer(channel);
    this.timer = new ReplyTimer(channel.eventLoop(), this::onTimeout);
    this.drain = new EnvelopeDrain(this, options, traits, pending, out);
  }

  /** Whether it may be used: connected, and every reply accounted for. */
  boolean isOpen() {
    return open && channel.isActive();
  }

  /** Whether it is open and may have more envelopes (RFC 9422). */
  boolean isReusable() {
    return isOpen() && !drain.isSpent();
  }

  /** Whether a message came to its end. */
  boolean wasUseful() {
    return drain.isUseful();
  }

  /** Whether a message was begun. */
  boolean hasBegun() {
    return drain.hasBegun();
  }

  ServerAddress server() {
    return server;
  }

  /** Has itself told, on the event loop, why the session ended; not if it has already. */
  void whenLost(Consumer<Throwable> listener) {
    onLost = listener;
  }

  /** What ended the session, if that is why something else failed. */
  Throwable whyLost(Throwable error) {
    Throwable reason = lost;
    return reason == null || error instanceof SmtpConfigurationException ? error : reason;
  }

  /** What ended the session; null while it is open. */
  @Nullable Throwable whyLost() {
    return lost;
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
    out.encrypted();
  }

  /** What the server offered last. */
  Capabilities capabilities() {
    return capabilities;
  }

  void capabilities(Capabilities offered) {
    capabilities = offered;
    drain.limits(offered.limits());
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
    return Mono.create(sink -> onLoop(() -> drain.start(envelopes, sink)));
  }

  /** QUIT if nothing is under way, and the end of the connection either way. */
  Mono<Void> close() {
    return exchange(SmtpCommand.QUIT, Phase.COMMAND)
        .timeout(options.timeouts().connect())
        .onErrorComplete()
        .doOnCancel(this::closed)
        .then(Mono.fromRunnable(this::closed));
  }

  private void closed() {
    abort("The client closed the connection.");
  }

  /** Ends the connection at once. */
  void abort(String reason) {
    onLoop(() -> lose(new SmtpException(reason)));
  }

  /** Has another look at what there is to send. */
  void wake() {
    if (drain.wantsToBeWoken()) {
      channel.eventLoop().execute(drain::pump);
    }
  }

  /** Whether more may be said. */
  boolean maySay() {
    return isOpen() && leaving == null;
  }

  /** Hands to the socket what is to be said. */
  void flush() {
    if (open && leaving == null) {
      // What follows is no progress of those that wait already.
      progress |= out.flush() && pending.size() <= 1;
      armTimer();
    }
  }

  // --- hearing

  /** A reply came. */
  void onReply(SmtpReply reply, Behind behind) {
    if (!open) {
      return;
    }
    if (leaving != null) {
      String goesOn = server + " goes on after it said that it would not: " + reply;
      loseStep(new SmtpException(goesOn, leaving));
      return;
    }
    ReplyReceiver first = pending.first();
    if (behind != Behind.NOTHING
        && first != null
        && first.phase() == Phase.STARTTLS
        && reply.isPositive()) {
      lose(TlsUpgrade.injected(server, null));
      return;
    }
    progress = true;
    Verdict verdict = pending.deliver(reply, behind == Behind.MORE);
    if (verdict == Verdict.CLOSING) {
      onClosing(reply);
    } else if (verdict == Verdict.UNREAD) {
      lose(
          new SmtpException(
              server
                  + " may take the octets of a refused BDAT for commands, so the connection was"
                  + " closed: "
                  + reply));
    } else if (verdict == Verdict.VIOLATION) {
      String where = behind == Behind.MORE ? ", or one with others behind it: " : ": ";
      loseStep(new SmtpException(server + " sent a reply out of place" + where + reply));
    } else {
      drain.onReply();
    }
  }

  private void onClosing(SmtpReply reply) {
    if (reply.code() == 421 && !drain.isUseful()) {
      traits.unavailable();
    }
    SmtpException goodbye = new SmtpException(server + " closes the connection: " + reply);
    if (pending.isAnyAllSaid()) {
      leaving = goodbye;
      drain.stopWriting();
      timer.arm(options.timeouts().connect());
    } else {
      lose(goodbye);
    }
  }

  void onWritabilityChanged() {
    if (channel.isWritable() && drain.onWritable()) {
      progress |= pending.size() <= 1;
      armTimer();
    }
  }

  /** Part of a reply came while none is due: what follows would be taken for another's. */
  void onPartialReply() {
    if (open && leaving != null) {
      loseStep(new SmtpException(server + " goes on after it said that it would not.", leaving));
    } else if (open && pending.isEmpty()) {
      lose(new SmtpException(server + " sent something nobody asked for."));
    }
  }

  void onMalformedReply(Exception malformed) {
    lose(new SmtpException(server + " broke the protocol: " + malformed.getMessage(), malformed));
  }

  /** All replies of one read were given. */
  void onBatchRead() {
    if (open) {
      drain.pump();
    }
  }

  void onConnectionLost(@Nullable Throwable cause) {
    if (leaving != null) {
      lose(leaving, true);
    } else {
      lose(lostBecause(cause));
    }
  }

  private SmtpException lostBecause(@Nullable Throwable cause) {
    String why = cause == null ? " closed the connection." : ": " + OneLine.of(cause);
    return new SmtpException(server + why, cause);
  }

  private void onTimeout() {
    ReplyReceiver first = pending.first();
    if (leaving != null) {
      lose(leaving);
    } else if (first != null) {
      lose(first.phase().timedOut(options.timeouts(), server));
    }
  }

  private void armTimer() {
    ReplyReceiver first = pending.first();
    if (leaving != null) {
      return; // it has its own time
    }
    if (first == null || !open) {
      timer.disarm();
    } else if (progress) {
      progress = false;
      timer.arm(first.phase().timeout(options.timeouts()));
    }
  }

  // --- ending

  /** Ends the connection, and what is under way on it. */
  void lose(Throwable cause) {
    lose(cause, false);
  }

  /** Which reply belongs to what is not known any more. */
  private void loseStep(Throwable cause) {
    drain.disbelieveUnconfirmed(cause);
    lose(cause);
  }

  private void lose(Throwable cause, boolean unread) {
    if (!open) {
      return;
    }
    open = false;
    lost = cause;
    timer.stop();
    drain.stopWriting();
    out.release();
    channel.close();
    onLost.accept(cause);
    pending.lost(cause, unread);
    drain.lost(cause);
  }

  private void onLoop(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }
}
