package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Outcome;
import org.jspecify.annotations.Nullable;

/** What is to become of a recipient; the words of the table of {@link ExpectedOutcomes}. */
enum Fate {
  /** Accepted, as if nothing had happened. */
  OK(Outcome.ACCEPTED),
  /**
   * Tried again on another connection, and what comes of that: accepted, or NOT_SENT if the fault
   * comes each time.
   */
  AGAIN(null),
  DEFER(Outcome.DEFERRED),
  REJECT(Outcome.REJECTED),
  UNKNOWN(Outcome.UNKNOWN),
  /** No result: an error that concerns every envelope. */
  ERROR(null);

  private final @Nullable Outcome outcome;

  Fate(@Nullable Outcome outcome) {
    this.outcome = outcome;
  }

  /** The outcome that shows it; null for none. */
  @Nullable Outcome outcome(FaultCase it) {
    if (this != AGAIN) {
      return outcome;
    }
    return it.eachTime()
        ? Outcome.NOT_SENT
        : it.contentRefused() ? Outcome.REJECTED : Outcome.ACCEPTED;
  }
}
