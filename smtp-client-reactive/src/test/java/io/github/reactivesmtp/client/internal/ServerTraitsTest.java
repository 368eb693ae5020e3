package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTraitsTest {

  private final ServerTraits traits = new ServerTraits();

  @Test
  void overlapIsTriedUntilSomethingSpeaksAgainstIt() {
    assertThat(traits.refusesOverlap()).isFalse();
  }

  @Test
  void oneRefusalIsEnough() {
    traits.overlapRefused();
    assertThat(traits.refusesOverlap()).isTrue();
  }

  @Test
  void oneLostConnectionIsChanceTwoInARowAreNot() {
    traits.overlapLost();
    assertThat(traits.refusesOverlap()).isFalse();
    traits.overlapLost();
    assertThat(traits.refusesOverlap()).isTrue();
  }

  @Test
  void onesThatWorkedEndTheRow() {
    traits.overlapLost();
    traits.overlapWorked();
    traits.overlapLost();
    assertThat(traits.refusesOverlap()).isFalse();
  }

  @Test
  void whatIsLearntStays() {
    traits.overlapRefused();
    traits.overlapWorked();
    traits.overlapLost();
    assertThat(traits.refusesOverlap()).isTrue();
  }

  @Test
  void whatCannotBeHadIsAvoided() {
    assertThat(traits.isAvoided()).isFalse();
    traits.unavailable();
    assertThat(traits.isAvoided()).isTrue();
  }
}
