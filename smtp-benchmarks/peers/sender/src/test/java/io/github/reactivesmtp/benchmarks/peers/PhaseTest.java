package io.github.reactivesmtp.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhaseTest {

  private static final double LONG = 1000;

  @Test
  void endsAfterItsMessagesOverAllLanes() {
    Phase phase = new Phase(3, LONG);
    Phase.Lane one = phase.lane();
    Phase.Lane other = phase.lane();
    one.end(one.begin());
    other.end(other.begin());
    long third = one.begin();
    assertThat(third).isNotNegative();
    assertThat(other.begin()).isEqualTo(Phase.OVER);
    assertThat(one.begin()).isEqualTo(Phase.OVER);
    one.end(third);
    assertThat(phase.accepted()).isEqualTo(3);
    assertThat(phase.latencies().getTotalCount()).isEqualTo(3);
    assertThat(phase.failed()).isZero();
    assertThat(phase.failure()).isNull();
  }

  @Test
  void isOverWhenItsTimeIs() {
    assertThat(new Phase(3, 0).lane().begin()).isEqualTo(Phase.OVER);
  }

  @Test
  void endsWithTheFirstFailure() {
    Phase phase = new Phase(3, LONG);
    Phase.Lane lane = phase.lane();
    assertThat(lane.begin()).isNotNegative();
    Exception first = new Exception("first");
    phase.fail(first);
    phase.fail(new Exception("second"));
    assertThat(lane.begin()).isEqualTo(Phase.OVER);
    assertThat(phase.failed()).isEqualTo(2);
    assertThat(phase.failure()).isSameAs(first);
    assertThat(phase.accepted()).isZero();
  }
}
