package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Brings envelopes and sessions together. Envelopes wait in one queue; sessions drain it, each
 * taking the next when it has room. That is the load balancing and the bound on memory.
 */
public final class EnvelopeDispatcher implements Drains.Work, SendAll.Desk {

  /** Envelopes that one sendAll may have waiting or under way for each connection. */
  private static final int AHEAD_PER_CONNECTION = 4;

  private static final Logger LOG = Loggers.getLogger(SmtpClient.class);

  private final ClientOptions options;
  private final SessionPool pool;
  private final EnvelopeQueue queue;
  private final RateLimiter rate;
  private final Drains drains;
  private final Deferrals deferrals;
  private final Unheard unheard = new Unheard();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Sinks.Empty<Void> idle = Sinks.empty();
  private volatile boolean closing;
  private volatile boolean closed;

  public EnvelopeDispatcher(ClientOptions options, SessionConnector connector) {
    this.options = options;
    this.pool = new SessionPool(options.pool(), connector);
    this.queue = new EnvelopeQueue(options.pool().maxPending());
    this.rate = new RateLimiter(options.rateLimit().messagesPerSecond(), System::nanoTime);
    this.drains = new Drains(this, pool, options, rate);
    this.deferrals = new Deferrals(options.retryDeferred(), this::sendAgain);
  }

  public Mono<SendResult> send(Envelope envelope) {
    return Mono.defer(
        () -> {
          if (queue.reserve(1) == 0) {
            return Mono.error(tooMany());
          }
          return submit(envelope).doFinally(signal -> queue.release(1));
        });
  }

  public Flux<SendResult> sendAll(Publisher<Envelope> envelopes) {
    return Flux.from(
        subscriber -> {
          CoreSubscriber<? super SendResult> actual = Operators.toCoreSubscriber(subscriber);
          int ahead = queue.reserve(wantedAhead());
          if (ahead == 0) {
            Operators.error(actual, tooMany());
          } else {
            envelopes.subscribe(new SendAll(actual, this, ahead));
          }
        });
  }

  /** Envelopes that are to be under way, and those that may wait for another try meanwhile. */
  private int wantedAhead() {
    long perConnection =
        options.pipelining() == Pipelining.STREAMING
            ? options.streamingWindow().transactions() * 5L / 4
            : AHEAD_PER_CONNECTION;
    long underWay = Math.max(16, perConnection * options.pool().maxConnections());
    return (int) Math.min(Integer.MAX_VALUE, underWay + deferrals.capacity());
  }

  private SmtpException tooMany() {
    return new SmtpException(
        "The client already holds "
            + options.pool().maxPending()
            + " envelopes that are not answered (maxPending). Nothing was sent; try again later.");
  }

  /** Queues an envelope that has its place reserved. */
  private Mono<SendResult> submit(Envelope envelope) {
    return Mono.create(
        sink -> {
          SingleListener listener = new SingleListener(sink);
          sink.onCancel(
              () -> {
                if (listener.cancel()) {
                  cancelled(1);
                }
              });
          take(envelope, listener);
          begin();
        });
  }

  @Override
  public void take(Envelope envelope, ResultListener listener) {
    // Counted first: who disposes either sees this envelope or is seen by it.
    underWay.incrementAndGet();
    if (closing) {
      String reason = "The client is disposed. The envelope was not sent.";
      if (!listener.onFailure(new SmtpException(reason))) {
        unheard.dropped();
      }
      settled();
    } else {
      queue.add(new PendingSend(envelope, listener));
    }
  }

  @Override
  public void begin() {
    drains.start();
    failWaitingIfClosed();
  }

  @Override
  public void cancelled(int results) {
    unheard.expect(results);
    for (PendingSend send : queue.removeCancelled()) {
      drop(send);
    }
  }

  @Override
  public void unheard(SendResult result) {
    unheard.came(result);
  }

  @Override
  public void ended(int places) {
    queue.release(places);
  }

  @Override
  public @Nullable PendingSend poll() {
    if (queue.size() == 0) {
      return null;
    }
    if (!rate.tryTake()) {
      drains.startWhenRateAllows();
      return null;
    }
    return take();
  }

  /** The next of those that wait that somebody still wants sent. */
  private @Nullable PendingSend take() {
    PendingSend send;
    while ((send = queue.poll()) != null && send.isCancelled()) {
      drop(send);
    }
    return send;
  }

  /** Nobody wants it any more; what was done of it before counts. */
  private void drop(PendingSend send) {
    if (send.isBegun()) {
      finish(send);
    } else {
      unheard.dropped();
      settled();
    }
  }

  @Override
  public int waiting() {
    return queue.size();
  }

  @Override
  public void ended(PendingSend send, TransactionOutcome outcome, @Nullable SocketAddress server) {
    send.enter(outcome, server);
    if (send.isCancelled()) {
      finish(send);
    } else if (!send.mayRetry(options.maxAttempts())) {
      conclude(send);
    } else if (closed) {
      String reason = "The client was disposed before all was sent.";
      notSent(send, new SmtpException(reason, send.cause()));
    } else {
      // The session goes on with it, or its drain ends, and then another begins.
      queue.addAgain(send);
      failWaitingIfClosed();
    }
  }

  /** Nothing more is to be done now. */
  private void conclude(PendingSend send) {
    // Another attempt would leave out who was refused for good, and deliver to the others.
    boolean withheld = options.allOrNothing() && send.has(Outcome.REJECTED);
    if (closing || withheld || !deferrals.take(send)) {
      finish(send);
    }
  }

  /** It was deferred, and its time has come. */
  private void sendAgain(PendingSend send) {
    if (closing || send.isCancelled()) {
      finish(send);
      return;
    }
    send.beginAgain();
    queue.add(send);
    begin();
  }

  private void notSent(PendingSend send, Throwable reason) {
    send.enter(TransactionOutcome.notBegun(send, reason), null);
    finish(send);
  }

  private void finish(PendingSend send) {
    end(send::finish);
  }

  /** Whatever a listener does with the result, the session that brought it goes on. */
  private void end(Supplier<@Nullable SendResult> ending) {
    try {
      SendResult left = ending.get();
      if (left != null) {
        unheard.came(left);
      }
    } catch (Throwable failure) {
      Exceptions.throwIfJvmFatal(failure);
      LOG.warn("A listener failed on a result", failure);
    } finally {
      settled();
    }
  }

  private void settled() {
    underWay.decrementAndGet();
    signalIfIdle();
  }

  private void signalIfIdle() {
    if (closing && underWay.get() == 0 && drains.isIdle()) {
      idle.tryEmitEmpty();
    }
  }

  @Override
  public void allEnded() {
    signalIfIdle();
  }

  @Override
  public void unreachable(long waitingSince, Throwable cause) {
    takeAll(
        waitingSince,
        send -> {
          send.attempt();
          notSent(send, cause);
        });
  }

  @Override
  public void failAll(long waitingSince, Throwable cause) {
    takeAll(waitingSince, send -> end(() -> send.fail(cause)));
  }

  /** Not what is sent in answer to the results of these. */
  private void takeAll(long waitingSince, Consumer<PendingSend> action) {
    PendingSend send;
    while ((send = queue.pollOlderThan(waitingSince)) != null) {
      if (send.isCancelled()) {
        drop(send);
      } else {
        action.accept(send);
      }
    }
  }

  /** Whether no more envelopes are taken. */
  public boolean isDisposed() {
    return closing;
  }

  public Mono<Void> disposeLater(Duration grace) {
    return Mono.defer(
        () -> {
          closing = true;
          deferrals.endAll().forEach(this::finish);
          signalIfIdle();
          return idle.asMono()
              .timeout(grace, Mono.fromRunnable(this::abandon))
              .doOnTerminate(drains::dispose)
              .then(pool.disposeLater());
        });
  }

  /** The grace period is over: what is under way ends as far as it got, the rest was not sent. */
  private void abandon() {
    closed = true;
    failWaitingIfClosed();
    pool.abortAll("The client was disposed while this was under way.");
  }

  /** Whoever comes just when it is closed either is seen here or sees it. */
  private void failWaitingIfClosed() {
    PendingSend send;
    while (closed && (send = take()) != null) {
      notSent(send, new SmtpException("The client was disposed before it was sent."));
    }
  }
}
