package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Counts the results that nobody listens to any more, and logs them once none is to come: what was
 * under way when a caller cancelled has ended all the same. Thread-safe.
 */
final class Unheard {

  private static final Logger LOG = Loggers.getLogger(SmtpClient.class);

  private final Consumer<Map<Outcome, Integer>> log;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private int expected;

  Unheard() {
    this(
        counts -> LOG.warn("Messages that were under way when their caller cancelled: {}", counts));
  }

  Unheard(Consumer<Map<Outcome, Integer>> log) {
    this.log = log;
  }

  /** So many results will come for nobody, or it is found that they are not to come. */
  synchronized void expect(int results) {
    expected += results;
    log(); // one may have come before this was said
  }

  /** It came. */
  synchronized void came(SendResult result) {
    count(result);
    settle();
  }

  /** It will not come: nothing had been begun. */
  synchronized void dropped() {
    settle();
  }

  private void count(SendResult result) {
    counts.merge(result.outcome(), 1, Integer::sum);
  }

  private void settle() {
    expected--;
    log();
  }

  private void log() {
    if (expected == 0 && !counts.isEmpty()) {
      log.accept(Map.copyOf(counts));
      counts.clear();
    }
  }
}
