package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Envelope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Gives envelopes as fast as they are asked for, or at a rate, on the thread that asks. For one
 * subscriber.
 *
 * <p>At a rate each message has its time. One that could not be given then, because the client had
 * no room, counts as under way since its time: else a server that stalls would be measured only
 * when it does not.
 */
final class BenchSource implements Publisher<Envelope>, Subscription {

  /** Timers are not exact, and waking costs: what is due in between is given together. */
  private static final long SHORTEST_WAIT = TimeUnit.MICROSECONDS.toNanos(200);

  private final BenchEnvelopes envelopes;
  private final BenchResults results;
  private final long messages;
  private final double rate;
  private final boolean paced;
  private final LongSupplier clock;
  private final Scheduler timer;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger giving = new AtomicInteger();
  private final AtomicBoolean waking = new AtomicBoolean();
  private @Nullable Subscriber<? super Envelope> subscriber;
  private long begun;
  private long given;
  private boolean ended;
  private volatile boolean starved;
  private volatile boolean stopped;

  /**
   * @param results where those of its envelopes belong
   * @param messages how many at most
   * @param rate messages a second, or infinite
   * @param clock as {@link System#nanoTime()}
   */
  BenchSource(
      BenchEnvelopes envelopes,
      BenchResults results,
      long messages,
      double rate,
      LongSupplier clock,
      Scheduler timer) {
    this.envelopes = envelopes;
    this.results = results;
    this.messages = messages;
    this.rate = rate;
    this.paced = rate != Double.POSITIVE_INFINITY;
    this.clock = clock;
    this.timer = timer;
  }

  @Override
  public void subscribe(Subscriber<? super Envelope> one) {
    // As if giving: nothing may come before onSubscribe has returned.
    giving.getAndIncrement();
    subscriber = one;
    begun = clock.getAsLong();
    results.begin(begun);
    one.onSubscribe(this);
    giveAll();
  }

  @Override
  public void request(long n) {
    if (!Operators.validate(n)) {
      return;
    }
    if (demand.getAndAccumulate(n, Operators::addCap) == 0) {
      starved = true;
    }
    give();
  }

  /** Gives no more, and completes. */
  void stop() {
    stopped = true;
    give();
  }

  @Override
  public void cancel() {
    stopped = true;
  }

  /** One thread at a time; those that come meanwhile leave their work to it. */
  private void give() {
    if (giving.getAndIncrement() == 0) {
      giveAll();
    }
  }

  private void giveAll() {
    int missed = 1;
    do {
      if (subscriber != null) {
        giveWhatIsWanted(subscriber);
      }
      missed = giving.addAndGet(-missed);
    } while (missed != 0);
  }

  private void giveWhatIsWanted(Subscriber<? super Envelope> one) {
    long wanted = demand.get();
    long done = 0;
    while (done < wanted && given < messages && !stopped) {
      long now = clock.getAsLong();
      long due = paced ? begun + (long) (given * (1e9 / rate)) : now;
      if (due - now > 0) {
        starved = false;
        wakeAfter(due - now);
        break;
      }
      given++;
      done++;
      one.onNext(envelopes.take(starved ? due : now, results));
    }
    if (done > 0 && wanted != Long.MAX_VALUE) {
      demand.addAndGet(-done);
    }
    if (!ended && (stopped || given == messages)) {
      ended = true;
      one.onComplete();
    }
  }

  private void wakeAfter(long nanos) {
    if (waking.compareAndSet(false, true)) {
      timer.schedule(
          () -> {
            waking.set(false);
            give();
          },
          Math.max(nanos, SHORTEST_WAIT),
          TimeUnit.NANOSECONDS);
    }
  }
}
