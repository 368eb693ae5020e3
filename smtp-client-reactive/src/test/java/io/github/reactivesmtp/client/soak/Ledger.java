package io.github.reactivesmtp.client.soak;

import io.github.reactivesmtp.client.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the server stored against what the client said, recipient by recipient, in memory that
 * depends on the number of envelopes alone. Thread-safe.
 */
final class Ledger {

  /** How many envelopes that contradict are told with all there is to tell. */
  private static final int MAX_TOLD = 5;

  private static final int WIDTH = SoakMail.MAX_RECIPIENTS;

  private final int envelopes;
  private final IntUnaryOperator recipients;
  private final IntFunction<String> evidence;

  /** Per recipient: how often the server stored it. */
  private final AtomicIntegerArray stored;

  /** Per recipient: what the client said; null while it has not. */
  private final AtomicReferenceArray<@Nullable Outcome> said;

  /** Per envelope: how many results it had. */
  private final AtomicIntegerArray results;

  private final AtomicLong strange = new AtomicLong();
  private final Map<Integer, String> told = new LinkedHashMap<>();

  /**
   * @param envelopes numbered from 0
   * @param recipients how many an envelope has
   * @param evidence what went over the wire for an envelope; asked when a contradiction is found
   */
  Ledger(int envelopes, IntUnaryOperator recipients, IntFunction<String> evidence) {
    this.envelopes = envelopes;
    this.recipients = recipients;
    this.evidence = evidence;
    stored = new AtomicIntegerArray(envelopes * WIDTH);
    said = new AtomicReferenceArray<>(envelopes * WIDTH);
    results = new AtomicIntegerArray(envelopes);
  }

  /** The server took responsibility for a recipient; noted before it says so. */
  void stored(int id, int recipient) {
    int cell = id * WIDTH + recipient;
    int times = stored.incrementAndGet(cell);
    Outcome outcome = said.get(cell);
    if (times > 1) {
      tell(id, "recipient " + recipient + " stored " + times + " times");
    } else if (outcome != null && isFailure(outcome)) {
      tell(id, "recipient " + recipient + " stored after " + outcome);
    }
  }

  /** The client gave its result, with one outcome for each recipient, by index. */
  void result(int id, Outcome... outcomes) {
    if (results.incrementAndGet(id) > 1) {
      tell(id, "a second result");
      return;
    }
    for (int recipient = 0; recipient < outcomes.length; recipient++) {
      Outcome outcome = outcomes[recipient];
      int cell = id * WIDTH + recipient;
      said.set(cell, outcome);
      int times = stored.get(cell);
      if (outcome == Outcome.ACCEPTED && times == 0) {
        tell(id, "recipient " + recipient + " said to be accepted, but not stored");
      } else if (isFailure(outcome) && times > 0) {
        tell(id, "recipient " + recipient + " stored, but said to be " + outcome);
      }
    }
  }

  /** Something that no count has a place for, such as a content that is not what was sent. */
  void strange(int id, String what) {
    strange.incrementAndGet();
    tell(id, what);
  }

  private static boolean isFailure(Outcome outcome) {
    return outcome == Outcome.REJECTED
        || outcome == Outcome.DEFERRED
        || outcome == Outcome.NOT_SENT;
  }

  private void tell(int id, String what) {
    synchronized (told) {
      if (told.size() < MAX_TOLD && !told.containsKey(id)) {
        told.put(id, "envelope " + id + ": " + what + "\n" + evidence.apply(id));
      }
    }
  }

  /** Envelopes that have no result; the first few. */
  List<Integer> unanswered() {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < envelopes && ids.size() < MAX_TOLD; id++) {
      if (results.get(id) == 0) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The balance, to be drawn when client and server have both ended. */
  Balance balance() {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    long recipientsInAll = 0;
    long lost = 0;
    long duplicates = 0;
    long falseFailures = 0;
    long resultsInAll = 0;
    for (int id = 0; id < envelopes; id++) {
      resultsInAll += results.get(id);
      for (int i = 0; i < recipients.applyAsInt(id); i++) {
        recipientsInAll++;
        int times = stored.get(id * WIDTH + i);
        Outcome what = said.get(id * WIDTH + i);
        duplicates += times > 1 ? 1 : 0;
        if (what == null) {
          lost++;
          continue;
        }
        outcomes.merge(what, 1L, Long::sum);
        lost += what == Outcome.ACCEPTED && times == 0 ? 1 : 0;
        falseFailures += isFailure(what) && times > 0 ? 1 : 0;
      }
    }
    synchronized (told) {
      return new Balance(
          envelopes,
          resultsInAll,
          recipientsInAll,
          outcomes,
          lost,
          duplicates,
          falseFailures,
          strange.get(),
          List.copyOf(told.values()));
    }
  }

  /**
   * What it comes to; all but the first two are counts of recipients.
   *
   * @param lost said to be accepted but not stored, or without a result
   * @param duplicates stored more than once
   * @param falseFailures stored, but said not to be
   * @param strange contents and addresses that were not sent
   * @param told the first envelopes that contradict, with evidence
   */
  record Balance(
      int envelopes,
      long results,
      long recipients,
      Map<Outcome, Long> outcomes,
      long lost,
      long duplicates,
      long falseFailures,
      long strange,
      List<String> told) {

    long of(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0L);
    }

    boolean isTrue() {
      return results == envelopes
          && lost + duplicates + falseFailures + strange == 0
          && told.isEmpty();
    }

    @Override
    public String toString() {
      return String.format(
          "%,d recipients: accepted %,d, rejected %,d, deferred %,d, not sent %,d, unknown %,d,"
              + " lost %d, silent duplicates %d, false failures %d",
          recipients,
          of(Outcome.ACCEPTED),
          of(Outcome.REJECTED),
          of(Outcome.DEFERRED),
          of(Outcome.NOT_SENT),
          of(Outcome.UNKNOWN),
          lost,
          duplicates,
          falseFailures);
    }
  }
}
