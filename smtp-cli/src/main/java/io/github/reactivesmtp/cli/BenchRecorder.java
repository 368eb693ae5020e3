package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/**
 * Takes the results of a load. They come one at a time, so nothing here is locked; only what is
 * read while they come is published.
 */
final class BenchRecorder extends BaseSubscriber<SendResult> {

  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

  private final BenchEnvelopes envelopes;
  private final Runnable onUseless;
  private final Histogram latencies = new Histogram(1, LONGEST, 3);
  private final Tally tally = new Tally();
  private final BenchRefusals refusals = new BenchRefusals();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final CountDownLatch done = new CountDownLatch(1);
  private long ended;
  private @Nullable Throwable useless;
  private @Nullable Throwable failure;

  /**
   * @param onUseless run when going on makes no sense: no connection can be had, or the message is
   *     not for this server
   */
  BenchRecorder(BenchEnvelopes envelopes, Runnable onUseless) {
    this.envelopes = envelopes;
    this.onUseless = onUseless;
  }

  @Override
  protected void hookOnNext(SendResult result) {
    long now = System.nanoTime();
    long since = envelopes.giveBack(result.envelope());
    Outcome outcome = result.outcome();
    tally.count(outcome);
    if (outcome == Outcome.ACCEPTED) {
      accepted.lazySet(accepted.getPlain() + 1);
    } else {
      errors.lazySet(errors.getPlain() + 1);
      refusals.add(result);
      stopIfUseless(result);
    }
    if (outcome != Outcome.NOT_SENT && outcome != Outcome.UNKNOWN) {
      latencies.recordValue(Math.min(LONGEST, now - since));
    }
  }

  private void stopIfUseless(SendResult result) {
    boolean noConnection =
        result.outcome() == Outcome.NOT_SENT && result.server() == null && result.reply() == null;
    if (useless == null && (noConnection || result.cause() instanceof MessageRefusedException)) {
      useless = result.cause();
      onUseless.run();
    }
  }

  @Override
  protected void hookOnError(Throwable error) {
    failure = error;
  }

  @Override
  protected void hookFinally(SignalType type) {
    ended = System.nanoTime();
    done.countDown();
  }

  /** Waits for the last result. */
  void await() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel();
    }
  }

  boolean isDone() {
    return done.getCount() == 0;
  }

  /** So far. */
  long accepted() {
    return accepted.get();
  }

  /** So far, all that was not accepted. */
  long errors() {
    return errors.get();
  }

  // What follows is for after await().

  /** When the last result had come, by {@link System#nanoTime()}. */
  long ended() {
    return ended;
  }

  /** Of those that the server answered, in nanoseconds. */
  Histogram latencies() {
    return latencies;
  }

  Tally tally() {
    return tally;
  }

  BenchRefusals refusals() {
    return refusals;
  }

  /** What made going on useless, or ended it for all; null if nothing did. */
  @Nullable Throwable failure() {
    return failure != null ? failure : useless;
  }
}
