package io.github.reactivesmtp.client.internal;

import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries of a stream that have all their replies. While others follow without a pause one reply
 * too many makes each look like the one before it, and BDAT has no 354 that would tell. So what
 * became of a message is said when the next one's replies fit, too, or when no other reply is due.
 * Confined to the event loop.
 */
final class UnconfirmedDeliveries {

  private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
  private final BiConsumer<Delivery, @Nullable Throwable> report;

  /** {@code report} is told each once, with what made it doubtful if something did. */
  UnconfirmedDeliveries(BiConsumer<Delivery, @Nullable Throwable> report) {
    this.report = report;
  }

  int size() {
    return deliveries.size();
  }

  /** Another one is done. {@code last}: no other reply is due. */
  void add(Delivery delivery, boolean last) {
    if (delivery.transaction().confirmsStep()) {
      confirm();
    }
    deliveries.add(delivery);
    if (last) {
      confirm();
    }
  }

  /** Replies are in step. */
  void confirm() {
    Delivery delivery;
    while ((delivery = deliveries.poll()) != null) {
      report.accept(delivery, null);
    }
  }

  /** They are not: nobody can tell since when. */
  void disbelieve(Throwable why) {
    Delivery delivery;
    while ((delivery = deliveries.poll()) != null) {
      delivery.transaction().disbelieve();
      report.accept(delivery, why);
    }
  }
}
