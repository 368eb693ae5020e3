package io.github.reactivesmtp.client.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes that wait for a session. Bounded by admission: a place is reserved before an
 * envelope comes in and kept until its result is given, so that what is sent again always finds its
 * place.
 */
final class EnvelopeQueue {

  private final int capacity;
  private final AtomicInteger reserved = new AtomicInteger();
  private final AtomicInteger size = new AtomicInteger();
  private final ConcurrentLinkedDeque<PendingSend> envelopes = new ConcurrentLinkedDeque<>();

  EnvelopeQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Reserves up to {@code wanted} places; how many, 0 if it is full. */
  int reserve(int wanted) {
    while (true) {
      int taken = reserved.get();
      int granted = Math.min(wanted, capacity - taken);
      if (granted <= 0) {
        return 0;
      }
      if (reserved.compareAndSet(taken, taken + granted)) {
        return granted;
      }
    }
  }

  void release(int places) {
    reserved.addAndGet(-places);
  }

  /** It waits since it was made, or was begun again. */
  void add(PendingSend send) {
    envelopes.addLast(send);
    size.incrementAndGet();
  }

  /** Before the others: it has waited already. */
  void addAgain(PendingSend send) {
    send.waits();
    envelopes.addFirst(send);
    size.incrementAndGet();
  }

  @Nullable PendingSend poll() {
    PendingSend send = envelopes.pollFirst();
    if (send != null) {
      size.decrementAndGet();
    }
    return send;
  }

  /** Takes out one that has waited since before that time; null if there is none. */
  @Nullable PendingSend pollOlderThan(long nanoTime) {
    for (PendingSend send : envelopes) {
      if (send.waitingSince() - nanoTime < 0 && remove(send)) {
        return send;
      }
    }
    return null;
  }

  /** Takes this one out; false if another has. */
  boolean remove(PendingSend send) {
    boolean removed = envelopes.removeFirstOccurrence(send);
    if (removed) {
      size.decrementAndGet();
    }
    return removed;
  }

  /** Takes out those that nobody wants sent any more. */
  List<PendingSend> removeCancelled() {
    List<PendingSend> removed = new ArrayList<>();
    for (PendingSend send : envelopes) {
      if (send.isCancelled() && remove(send)) {
        removed.add(send);
      }
    }
    return removed;
  }

  int size() {
    return size.get();
  }
}
