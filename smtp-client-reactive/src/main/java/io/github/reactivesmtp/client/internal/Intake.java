package io.github.reactivesmtp.client.internal;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a session gets its envelopes: from the source that it drains, no faster than its rate, and
 * before that what it has already taken. Confined to the event loop but for {@link
 * #wantsToBeWoken}.
 */
final class Intake {

  private final EventLoop loop;
  private final RateLimiter rate;
  private final Runnable pump;
  private @Nullable EnvelopeSource source;

  /** Taken, and to be begun before any other: for the second time, or when it can be. */
  private @Nullable PendingSend kept;

  /** The rate is kept: until this has run there is no other message. */
  private @Nullable Future<?> pause;

  /** Whether there was room for another message when there was none. */
  private final AtomicBoolean hungry = new AtomicBoolean();

  /** {@code pump} is run when there may be another message after a pause. */
  Intake(EventLoop loop, double messagesPerSecond, Runnable pump) {
    this.loop = loop;
    this.rate = new RateLimiter(messagesPerSecond, () -> loop.ticker().nanoTime());
    this.pump = pump;
  }

  void open(EnvelopeSource from) {
    source = from;
  }

  void close() {
    source = null;
    hungry.set(false);
  }

  /** Where envelopes come from, and are given back; null while none is drained. */
  @Nullable EnvelopeSource source() {
    return source;
  }

  /** Whether the session is to come back for a message. */
  boolean isWaiting() {
    return kept != null || pause != null;
  }

  /** To be taken before any other. */
  void keep(PendingSend send) {
    kept = send;
  }

  /** What was kept; null if there is none. */
  @Nullable PendingSend takeKept() {
    PendingSend send = kept;
    kept = null;
    return send;
  }

  /** The next envelope, if the connection may have one already; if not, it keeps itself free. */
  @Nullable PendingSend take() {
    PendingSend first = takeKept();
    EnvelopeSource from = source;
    if (first != null || from == null) {
      return first;
    }
    long wait = rate.waitNanos();
    if (wait == 0) {
      hungry.set(true); // before it looks, so that what comes meanwhile is not missed
      PendingSend send = from.poll();
      if (send != null) {
        hungry.set(false);
        rate.tryTake();
      }
      return send;
    }
    if (pause == null && from.waiting() > 0) {
      pause = loop.schedule(this::endPause, wait, TimeUnit.NANOSECONDS);
    }
    return null;
  }

  /** Whether what has come since it found nothing is worth another look; asked by any thread. */
  boolean wantsToBeWoken() {
    return hungry.get() && hungry.compareAndSet(true, false);
  }

  private void endPause() {
    pause = null;
    pump.run();
  }

  void cancelPause() {
    if (pause != null) {
      pause.cancel(false);
      pause = null;
    }
  }
}
