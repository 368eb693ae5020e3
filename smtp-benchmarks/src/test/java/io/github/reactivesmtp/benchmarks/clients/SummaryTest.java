package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.benchmarks.clients.JavaPeer.Setup;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Peer ANGUS = Samples.peer(Setup.ANGUS);
  private static final Peer GROUPED = Samples.peer(Setup.GROUPED);
  private static final Peer STREAMING = Samples.peer(Setup.STREAMING);

  @Test
  void medianIsTheOneInTheMiddle() {
    assertThat(Summary.median(5, 1, 3)).isEqualTo(3);
    assertThat(Summary.median(4, 1, 3, 2)).isEqualTo(2.5);
    assertThat(Summary.median(7)).isEqualTo(7);
    assertThat(Summary.median()).isNaN();
  }

  @Test
  void hasTheMedianOfTheRoundsThatCount() {
    List<Summary> summaries =
        Summary.of(
            List.of(
                Samples.run(Samples.ONE, ANGUS, 1, 100),
                Samples.run(Samples.ONE, GROUPED, 1, 1000),
                Samples.run(Samples.ONE, ANGUS, 2, 300),
                Samples.run(Samples.ONE, ANGUS, 3, 200),
                Samples.run(Samples.ONE, ANGUS, 4, Samples.figures(9999), "lost one"),
                Samples.run(Samples.ONE, ANGUS, 5, null, "did not start"),
                Samples.run(Samples.FAR, ANGUS, 1, 5)));
    assertThat(summaries).hasSize(3);
    Summary angus = summaries.get(0);
    assertThat(angus.peer()).isEqualTo(ANGUS);
    assertThat(angus.rounds()).isEqualTo(3);
    assertThat(angus.messagesPerSecond()).isEqualTo(200);
    assertThat(angus.lowest()).isEqualTo(100);
    assertThat(angus.highest()).isEqualTo(300);
    assertThat(angus.cpuMicros()).isEqualTo(2500);
    assertThat(angus.messages()).isEqualTo(630);
    assertThat(angus.problems()).containsExactly("lost one", "did not start");
    assertThat(summaries.get(2).load()).isEqualTo(Samples.FAR);
  }

  @Test
  void knowsTheBestOfOurs() {
    List<Summary> summaries =
        Summary.of(
            List.of(
                Samples.run(Samples.ONE, ANGUS, 1, 5000),
                Samples.run(Samples.ONE, GROUPED, 1, 1000),
                Samples.run(Samples.ONE, STREAMING, 1, 3000)));
    assertThat(Summary.bestOfOurs(summaries)).isEqualTo(summaries.get(2));
    assertThat(Summary.bestOfOurs(summaries.subList(0, 1))).isNull();
  }
}
