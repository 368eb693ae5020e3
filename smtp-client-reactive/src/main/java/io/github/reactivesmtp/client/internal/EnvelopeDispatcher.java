package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.SmtpException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Brings envelopes and sessions together. Envelopes wait in one queue; sessions drain it, each
 * taking the next when it has room. That is the load balancing and the bound on memory.
 */
public final class EnvelopeDispatcher implements EnvelopeSource {

  /** Envelopes that one sendAll may have waiting or under way for each connection. */
  private static final int AHEAD_PER_CONNECTION = 4;

  private final ClientOptions options;
  private final SessionPool pool;
  private final EnvelopeQueue queue;
  private final ConnectBackoff backoff;
  private final AtomicInteger drains = new AtomicInteger();
  private final AtomicInteger acquiring = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Sinks.Empty<Void> idle = Sinks.empty();
  private volatile boolean closing;
  private volatile boolean closed;

  public EnvelopeDispatcher(ClientOptions options, SessionConnector connector) {
    this.options = options;
    this.pool = new SessionPool(options.pool(), connector);
    this.queue = new EnvelopeQueue(options.pool().maxPending());
    this.backoff = new ConnectBackoff(options.maxAttempts());
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
    return Flux.defer(
        () -> {
          int ahead =
              queue.reserve(Math.max(16, AHEAD_PER_CONNECTION * options.pool().maxConnections()));
          if (ahead == 0) {
            return Flux.error(tooMany());
          }
          // A failure, of the source or of all connections, ends the intake; it must not cost the
          // results of what is under way.
          Sinks.One<Throwable> failed = Sinks.one();
          return Flux.from(envelopes)
              .onErrorResume(error -> note(failed, error))
              .takeUntilOther(failed.asMono())
              .flatMap(
                  envelope -> submit(envelope).onErrorResume(error -> note(failed, error)), ahead)
              .concatWith(
                  Mono.defer(
                      () -> {
                        failed.tryEmitEmpty();
                        return failed.asMono().flatMap(Mono::error);
                      }))
              .doFinally(signal -> queue.release(ahead));
        });
  }

  /** Keeps the first failure. */
  private static <T> Mono<T> note(Sinks.One<Throwable> failed, Throwable error) {
    return Mono.fromRunnable(() -> failed.tryEmitValue(error));
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
          // Counted first: who disposes either sees this envelope or is seen by it.
          underWay.incrementAndGet();
          if (closing) {
            settled();
            sink.error(new SmtpException("The client is disposed. The envelope was not sent."));
            return;
          }
          PendingSend send = new PendingSend(envelope, sink);
          sink.onCancel(send::cancel);
          queue.add(send);
          startDrains();
        });
  }

  @Override
  public @Nullable PendingSend poll() {
    PendingSend send;
    while ((send = queue.poll()) != null && send.isCancelled()) {
      settled();
    }
    return send;
  }

  @Override
  public void ended(PendingSend send, TransactionOutcome outcome, @Nullable SocketAddress server) {
    send.enter(outcome, server);
    if (!send.mayRetry(options.maxAttempts())) {
      finish(send);
    } else if (closed) {
      String reason = "The client was disposed before all was sent.";
      notSent(send, new SmtpException(reason, send.cause()));
    } else {
      // The session goes on with it, or its drain ends, and then another begins.
      queue.addAgain(send);
    }
  }

  private void notSent(PendingSend send, Throwable reason) {
    send.enter(TransactionOutcome.notBegun(send, reason), null);
    finish(send);
  }

  private void finish(PendingSend send) {
    try {
      send.finish();
    } finally {
      settled();
    }
  }

  private void settled() {
    underWay.decrementAndGet();
    signalIfIdle();
  }

  private void signalIfIdle() {
    if (closing && underWay.get() == 0 && drains.get() == 0) {
      idle.tryEmitEmpty();
    }
  }

  /** Starts as many drains as there is work for, within the pool's size. */
  private void startDrains() {
    while (queue.size() > acquiring.get() && backoff.mayConnect()) {
      int running = drains.get();
      if (running >= options.pool().maxConnections()) {
        return;
      }
      if (drains.compareAndSet(running, running + 1)) {
        startDrain();
      }
    }
  }

  private void startDrain() {
    long started = System.nanoTime();
    acquiring.incrementAndGet();
    boolean[] acquired = new boolean[1];
    pool.withSession(
            session -> {
              acquired[0] = true;
              acquiring.decrementAndGet();
              backoff.connected();
              return session.drain(this);
            })
        .subscribe(
            nothing -> {},
            error -> {
              if (!acquired[0]) {
                acquiring.decrementAndGet();
              }
              drains.decrementAndGet();
              onNoSession(error, started);
              signalIfIdle();
            },
            () -> {
              drains.decrementAndGet();
              startDrains();
              signalIfIdle();
            });
  }

  private void onNoSession(Throwable error, long started) {
    if (error instanceof SmtpConfigurationException) {
      failQueued(error);
      return;
    }
    boolean givenUp = backoff.failed(started);
    if (givenUp && drains.get() == acquiring.get()) {
      PendingSend send;
      while ((send = poll()) != null) {
        send.attempt();
        notSent(send, error);
      }
    }
    long wait = backoff.waitNanos();
    Schedulers.parallel().schedule(this::startDrains, wait, TimeUnit.NANOSECONDS);
  }

  private void failQueued(Throwable error) {
    PendingSend send;
    while ((send = poll()) != null) {
      send.fail(error);
      settled();
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
          signalIfIdle();
          return idle.asMono()
              .timeout(grace, Mono.fromRunnable(this::abandon))
              .then(pool.disposeLater());
        });
  }

  /** The grace period is over: what is under way ends as far as it got, the rest was not sent. */
  private void abandon() {
    closed = true;
    SmtpException reason = new SmtpException("The client was disposed before it was sent.");
    PendingSend send;
    while ((send = poll()) != null) {
      notSent(send, reason);
    }
    pool.abortAll("The client was disposed while this was under way.");
  }
}
