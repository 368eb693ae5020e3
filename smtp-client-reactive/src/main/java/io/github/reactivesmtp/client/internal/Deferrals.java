package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Envelopes with recipients that were refused for now, until they are sent to again. */
final class Deferrals {

  private final @Nullable RetryPolicy policy;
  private final Consumer<PendingSend> again;
  private final Map<PendingSend, Disposable> waiting = new ConcurrentHashMap<>();
  private volatile boolean ended;

  /** {@code again} is given each envelope when its time has come. */
  Deferrals(@Nullable RetryPolicy policy, Consumer<PendingSend> again) {
    this.policy = policy;
    this.again = again;
  }

  /** How many may wait. */
  int capacity() {
    return policy == null ? 0 : policy.maxWaiting();
  }

  /** Whether the envelope waits from now on; if not, its result is final. */
  boolean take(PendingSend send) {
    if (policy == null || ended || !send.isDeferred() || waiting.size() >= policy.maxWaiting()) {
      return false;
    }
    Duration wait = backoff(policy, send.deferred());
    if (send.age().plus(wait).compareTo(policy.maxAge()) > 0) {
      return false;
    }
    Disposable.Swap timer = Disposables.swap();
    waiting.put(send, timer);
    timer.update(
        Schedulers.parallel().schedule(() -> end(send), wait.toNanos(), TimeUnit.NANOSECONDS));
    if (ended) {
      return waiting.remove(send) == null; // another has taken it out and ends it
    }
    return true;
  }

  private void end(PendingSend send) {
    if (waiting.remove(send) != null) {
      again.accept(send);
    }
  }

  /** Lets none wait any more; those that did. */
  List<PendingSend> endAll() {
    ended = true;
    List<PendingSend> left = new ArrayList<>();
    waiting.forEach(
        (send, timer) -> {
          timer.dispose();
          if (waiting.remove(send) != null) {
            left.add(send);
          }
        });
    return left;
  }

  /** {@code round}: how many times it was deferred before. */
  private static Duration backoff(RetryPolicy policy, int round) {
    Duration wait = policy.minBackoff().multipliedBy(1L << Math.min(round, 20));
    if (wait.compareTo(policy.maxBackoff()) > 0) {
      wait = policy.maxBackoff();
    }
    double jitter = policy.jitter() * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return wait.plusNanos((long) (wait.toNanos() * jitter));
  }
}
