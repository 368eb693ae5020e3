package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

/** Takes the results of a load as they come. */
final class BenchRecorder extends BaseSubscriber<SendResult> {

  private final BenchEnvelopes envelopes;
  private final Runnable onUseless;
  private final CountDownLatch done = new CountDownLatch(1);
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
    envelopes.giveBack(result, System.nanoTime());
    if (result.outcome() == Outcome.NOT_SENT && useless == null) {
      stopIfUseless(result);
    }
  }

  private void stopIfUseless(SendResult result) {
    boolean noConnection = result.server() == null && result.reply() == null;
    if (noConnection || result.cause() instanceof MessageRefusedException) {
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

  /** What made going on useless, or ended it for all; null if nothing did. After await(). */
  @Nullable Throwable failure() {
    return failure != null ? failure : useless;
  }
}
