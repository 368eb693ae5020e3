package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SendResult;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.MonoSink;

/** Who waits for one envelope. */
final class SingleListener implements ResultListener {

  private enum Ear {
    LISTENS,
    HAS_HEARD,
    CANCELLED
  }

  private final MonoSink<SendResult> sink;
  private final AtomicReference<Ear> ear = new AtomicReference<>(Ear.LISTENS);

  SingleListener(MonoSink<SendResult> sink) {
    this.sink = sink;
  }

  /** Nobody waits for the result any more; false if it was given before. */
  boolean cancel() {
    return ear.compareAndSet(Ear.LISTENS, Ear.CANCELLED);
  }

  @Override
  public boolean isCancelled() {
    return ear.get() == Ear.CANCELLED;
  }

  @Override
  public boolean onResult(SendResult result) {
    boolean listens = ear.compareAndSet(Ear.LISTENS, Ear.HAS_HEARD);
    if (listens) {
      sink.success(result);
    }
    return listens;
  }

  @Override
  public boolean onFailure(Throwable error) {
    boolean listens = ear.compareAndSet(Ear.LISTENS, Ear.HAS_HEARD);
    if (listens) {
      sink.error(error);
    }
    return listens;
  }
}
