package io.github.reactivesmtp.client.soak;

import static io.github.reactivesmtp.client.Outcome.ACCEPTED;
import static io.github.reactivesmtp.client.Outcome.DEFERRED;
import static io.github.reactivesmtp.client.Outcome.NOT_SENT;
import static io.github.reactivesmtp.client.Outcome.REJECTED;
import static io.github.reactivesmtp.client.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger that could not find what it is for would make every soak a success. */
class LedgerTest {

  private final Ledger ledger = new Ledger(1, id -> 1, id -> "the wire of " + id);

  private void stored(int times) {
    for (int i = 0; i < times; i++) {
      ledger.stored(0, 0);
    }
  }

  @Test
  void acceptedAndStoredOnceIsTrue() {
    stored(1);
    ledger.result(0, ACCEPTED);
    assertThat(ledger.balance().isTrue()).isTrue();
    assertThat(ledger.balance().of(ACCEPTED)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "DEFERRED", "NOT_SENT", "UNKNOWN"})
  void notAcceptedAndNotStoredIsTrue(Outcome outcome) {
    ledger.result(0, outcome);
    assertThat(ledger.balance().isTrue()).isTrue();
  }

  @Test
  void unknownAndStoredIsTrue() {
    ledger.result(0, UNKNOWN);
    stored(1);
    assertThat(ledger.balance().isTrue()).isTrue();
  }

  @Test
  void acceptedAndNotStoredIsLost() {
    ledger.result(0, ACCEPTED);
    assertThat(ledger.balance().lost()).isEqualTo(1);
    assertIsFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "DEFERRED", "NOT_SENT"})
  void storedBeforeAFailureIsAFalseFailure(Outcome failure) {
    stored(1);
    ledger.result(0, failure);
    assertThat(ledger.balance().falseFailures()).isEqualTo(1);
    assertIsFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "DEFERRED", "NOT_SENT"})
  void storedAfterAFailureIsAFalseFailure(Outcome failure) {
    ledger.result(0, failure);
    stored(1);
    assertThat(ledger.balance().falseFailures()).isEqualTo(1);
    assertIsFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPTED", "UNKNOWN"})
  void storedTwiceIsADuplicateWhateverWasSaid(Outcome outcome) {
    stored(2);
    ledger.result(0, outcome);
    assertThat(ledger.balance().duplicates()).isEqualTo(1);
    assertIsFalse();
  }

  @Test
  void withoutAResultItIsLost() {
    assertThat(ledger.unanswered()).containsExactly(0);
    assertThat(ledger.balance().lost()).isEqualTo(1);
    assertThat(ledger.balance().isTrue()).isFalse();
  }

  @Test
  void aSecondResultIsOneTooMany() {
    ledger.result(0, NOT_SENT);
    ledger.result(0, NOT_SENT);
    assertThat(ledger.balance().results()).isEqualTo(2);
    assertIsFalse();
  }

  @Test
  void whatIsStrangeIsFalse() {
    stored(1);
    ledger.result(0, ACCEPTED);
    ledger.strange(0, "another's content");
    assertIsFalse();
  }

  @Test
  void recipientsAreKeptApart() {
    Ledger two = new Ledger(2, id -> 2, id -> "");
    two.stored(1, 1);
    two.result(0, REJECTED, DEFERRED);
    two.result(1, REJECTED, ACCEPTED);
    assertThat(two.balance().isTrue()).isTrue();
    assertThat(two.balance().of(REJECTED)).isEqualTo(2);
    assertThat(two.balance().recipients()).isEqualTo(4);
  }

  private void assertIsFalse() {
    assertThat(ledger.balance().isTrue()).isFalse();
    assertThat(ledger.balance().told()).allMatch(told -> told.contains("the wire of 0"));
  }
}
