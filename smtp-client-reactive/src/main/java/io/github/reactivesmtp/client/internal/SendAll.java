package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.SendResult;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One subscription of sendAll: takes envelopes as many as may be under way, gives results as they
 * come and are asked for. One operator of our own instead of Reactor's {@code flatMap}, whose inner
 * sequences cost more than all else there is to a message, and more for each one under way.
 *
 * <p>A failure, of the source or of all connections, ends the intake and is signalled after the
 * results of what is under way.
 */
final class SendAll implements CoreSubscriber<Envelope>, Subscription, ResultListener {

  /** What it needs of the dispatcher. */
  interface Desk {

    /**
     * Takes an envelope, whose fate the listener is told; it is not begun before {@link #begin}.
     */
    void take(Envelope envelope, ResultListener listener);

    /** Has what was taken begun. */
    void begin();

    /** Nobody wants to know any more: so many results will come for nobody. */
    void cancelled(int results);

    /** One of them had come already. */
    void unheard(SendResult result);

    /** No more is taken; so many places are free. */
    void ended(int places);
  }

  /** In {@link #underWay}: nobody wants results any more. */
  private static final int CANCELLED = 1 << 31;

  private final CoreSubscriber<? super SendResult> actual;
  private final Desk desk;
  private final int ahead;

  /** Asked for together: asking has its price. */
  private final int batch;

  /** Envelopes taken whose result was not given. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Results that were not given; bounded by what is under way. */
  private final Queue<SendResult> results = Queues.<SendResult>unboundedMultiproducer().get();

  private final AtomicLong requested = new AtomicLong();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private @Nullable Subscription source;

  /** Who is asking the source just now, and will begin what comes of it together. */
  private volatile @Nullable Thread asking;

  private volatile boolean sourceEnded;

  // Of whoever is giving results:
  private long given;
  private int replaced;

  SendAll(CoreSubscriber<? super SendResult> actual, Desk desk, int ahead) {
    this.actual = actual;
    this.desk = desk;
    this.ahead = ahead;
    this.batch = Math.max(1, ahead / 4);
  }

  @Override
  public Context currentContext() {
    return actual.currentContext();
  }

  // --- envelopes

  @Override
  public void onSubscribe(Subscription subscription) {
    if (Operators.validate(source, subscription)) {
      source = subscription;
      actual.onSubscribe(this);
      ask(ahead);
    }
  }

  private void ask(int envelopes) {
    Subscription from = source;
    if (from != null && !sourceEnded && !isCancelled()) {
      asking = Thread.currentThread();
      from.request(envelopes);
      asking = null;
      desk.begin();
    }
  }

  @Override
  public void onNext(Envelope envelope) {
    if (sourceEnded || isCancelled()) {
      return;
    }
    underWay.incrementAndGet();
    desk.take(envelope, this);
    if (asking != Thread.currentThread()) {
      desk.begin();
    }
  }

  @Override
  public void onError(Throwable error) {
    failure.compareAndSet(null, error);
    onComplete();
  }

  @Override
  public void onComplete() {
    sourceEnded = true;
    give();
  }

  // --- results

  @Override
  public boolean isCancelled() {
    return underWay.get() < 0;
  }

  @Override
  public boolean onResult(SendResult result) {
    if (isCancelled()) {
      return false;
    }
    results.offer(result);
    give();
    return true;
  }

  @Override
  public boolean onFailure(Throwable error) {
    boolean wanted = underWay.getAndDecrement() > 0;
    failure.compareAndSet(null, error);
    sourceEnded = true;
    cancelSource();
    give();
    return wanted;
  }

  @Override
  public void request(long more) {
    if (Operators.validate(more)) {
      requested.getAndAccumulate(more, Operators::addCap);
      give();
    }
  }

  @Override
  public void cancel() {
    int open = underWay.getAndUpdate(count -> count | CANCELLED);
    if (open >= 0) {
      cancelSource();
      end();
      desk.cancelled(open);
      give(); // to nobody
    }
  }

  private void cancelSource() {
    Subscription from = source;
    if (from != null) {
      from.cancel();
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      desk.ended(ahead);
    }
  }

  /** Gives what there is and is wanted; one thread at a time, which does it for the others. */
  private void give() {
    if (working.getAndIncrement() != 0) {
      return;
    }
    Throwable thrown = null;
    int missed = 1;
    do {
      try {
        giveResults();
        replace();
        terminate();
      } catch (Throwable failed) {
        Exceptions.throwIfJvmFatal(failed);
        thrown = failed; // a listener that breaks the rules is told no more
        cancel();
      }
      missed = working.addAndGet(-missed);
    } while (missed != 0);
    if (thrown != null) {
      throw Exceptions.propagate(thrown);
    }
  }

  private void giveResults() {
    SendResult result;
    while ((given != requested.get() || isCancelled()) && (result = results.poll()) != null) {
      if (underWay.getAndDecrement() < 0) {
        desk.unheard(result);
      } else {
        given++;
        replaced++;
        actual.onNext(result);
      }
    }
  }

  private void replace() {
    if (replaced >= batch) {
      int more = replaced;
      replaced = 0;
      ask(more);
    }
  }

  private void terminate() {
    if (sourceEnded && underWay.get() == 0 && !ended.get()) {
      end();
      Throwable error = failure.get();
      if (error != null) {
        actual.onError(error);
      } else {
        actual.onComplete();
      }
    }
  }
}
