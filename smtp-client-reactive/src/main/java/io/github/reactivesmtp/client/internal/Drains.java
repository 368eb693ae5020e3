package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.SmtpException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Has sessions drain the queue: as many as there is work for, within the pool's size, the rate and
 * what can be connected to. Thread-safe.
 */
final class Drains {

  /** What the sessions work for. */
  interface Work extends EnvelopeSource {

    /** No session can be had for those that waited since before that {@link System#nanoTime()}. */
    void unreachable(long waitingSince, Throwable cause);

    /**
     * What is wrong is wrong for every envelope, and those that waited before that time are told.
     */
    void failAll(long waitingSince, Throwable cause);

    /** The last drain has ended. */
    void allEnded();
  }

  /** How many times in the time they may wait is looked after those that wait. */
  private static final int LOOKS = 10;

  private final Work work;
  private final SessionPool pool;
  private final int maxDrains;
  private final Duration patience;

  /** Whether a session may have room for another message while it has one under way. */
  private final boolean severalAtOnce;

  private final ConnectBackoff backoff;
  private final RateLimiter rate;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger acquiring = new AtomicInteger();
  private final Disposable.Swap wake = Disposables.swap();
  private final Disposable.Swap deadline = Disposables.swap();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final Set<SmtpSession> draining = ConcurrentHashMap.newKeySet();

  /** When the first session was asked for since there was none of use; 0 while there is one. */
  private final AtomicLong withoutSince = new AtomicLong();

  private volatile @Nullable Throwable lastFailure;

  Drains(Work work, SessionPool pool, ClientOptions options, RateLimiter rate) {
    this.work = work;
    this.pool = pool;
    this.maxDrains = options.pool().maxConnections();
    this.patience = options.pool().pendingAcquireTimeout();
    this.backoff = new ConnectBackoff(options.maxAttempts());
    this.rate = rate;
    this.severalAtOnce =
        options.pipelining() == Pipelining.OVERLAPPED
            || options.pipelining() == Pipelining.STREAMING;
  }

  boolean isIdle() {
    return running.get() == 0;
  }

  /** Starts as many drains as there is work for and as may be. */
  void start() {
    if (work.waiting() > 0) {
      watch(patience.toNanos());
    }
    while (work.waiting() > acquiring.get() && mayStart()) {
      int now = running.get();
      if (now >= maxDrains) {
        break;
      }
      if (running.compareAndSet(now, now + 1)) {
        begin();
      }
    }
    if (severalAtOnce && work.waiting() > 0) {
      draining.forEach(SmtpSession::wake);
    }
  }

  /** Has this called again when the rate allows another message. */
  void startWhenRateAllows() {
    mayStart();
  }

  /** Whether it is not too early for one; if it is, this is called again when it no longer is. */
  private boolean mayStart() {
    long wait = Math.max(backoff.waitNanos(), rate.waitNanos());
    if (wait > 0) {
      wake.update(Schedulers.parallel().schedule(this::start, wait, TimeUnit.NANOSECONDS));
    }
    return wait == 0;
  }

  private void begin() {
    Attempt attempt = new Attempt();
    acquiring.incrementAndGet();
    if (working() == 0) {
      withoutSince.compareAndSet(0, attempt.started);
    }
    pool.withSession(attempt::drain).subscribe(nothing -> {}, attempt::failed, attempt::ended);
  }

  /** A session that is asked for, and what came of it. */
  private final class Attempt {

    private final long started = System.nanoTime();
    private @Nullable SmtpSession session;
    private boolean hopeless;

    Mono<Void> drain(SmtpSession acquired) {
      session = acquired;
      acquiring.decrementAndGet();
      draining.add(acquired);
      // Learnt before the next begins: a server that lets nobody get anywhere is not asked again
      // and again without a pause.
      return acquired.drain(work).doOnTerminate(() -> learnFrom(acquired));
    }

    private void learnFrom(SmtpSession ended) {
      draining.remove(ended);
      if (ended.isOpen() || ended.wasUseful()) {
        withoutSince.set(0);
        backoff.worked();
      } else {
        lastFailure = ended.whyLost();
        hopeless = backoff.failed(started, ended.hasBegun());
      }
    }

    void ended() {
      running.decrementAndGet();
      if (hopeless) {
        giveUp();
      }
      onEnd();
    }

    void failed(Throwable error) {
      running.decrementAndGet();
      if (session == null) {
        acquiring.decrementAndGet();
        onNoSession(error);
      }
      onEnd();
    }

    private void onNoSession(Throwable error) {
      lastFailure = error;
      if (error instanceof SmtpConfigurationException) {
        work.failAll(System.nanoTime(), error);
      } else if (backoff.failed(started, false)) {
        giveUp();
      }
    }
  }

  private void giveUp() {
    Throwable last = lastFailure;
    if (working() == 0 && last != null) {
      work.unreachable(System.nanoTime(), last);
    }
  }

  private void onEnd() {
    if (working() == 0 && acquiring.get() > 0) {
      withoutSince.compareAndSet(0, System.nanoTime());
    }
    start();
    work.allEnded();
  }

  private int working() {
    return running.get() - acquiring.get();
  }

  // --- envelopes do not wait for ever

  /** Looks after those that wait, once; also where no drain could begin for them. */
  private void watch(long nanos) {
    if (watching.compareAndSet(false, true)) {
      deadline.update(Schedulers.parallel().schedule(this::look, nanos, TimeUnit.NANOSECONDS));
    }
  }

  private void look() {
    long now = System.nanoTime();
    long since = withoutSince.get();
    if (since != 0 && working() == 0 && now - since >= patience.toNanos()) {
      work.unreachable(now - patience.toNanos(), tookTooLong());
    }
    // Only now: another look would cancel this one, and interrupt who is just told.
    watching.set(false);
    if (work.waiting() > 0) {
      watch(patience.toNanos() / LOOKS);
    }
  }

  private SmtpException tookTooLong() {
    Throwable last = lastFailure;
    return new SmtpException(
        "No connection of use could be had within %.1f s%s"
            .formatted(patience.toMillis() / 1e3, last == null ? "." : ": " + last.getMessage()),
        last);
  }

  /** No timer is left. */
  void dispose() {
    wake.dispose();
    deadline.dispose();
  }
}
