package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.cli.BenchTimeline.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTimelineTest {

  @Test
  void beginsWithNothingAndEndsWithAll() {
    BenchTimeline timeline = new BenchTimeline(100);
    timeline.add(new Point(98, 5, 0));
    timeline.add(new Point(120, 6, 0));
    timeline.add(new Point(202, 9, 1));
    timeline.end(new Point(230, 10, 1));
    assertThat(timeline.points())
        .containsExactly(new Point(0, 0, 0), new Point(98, 5, 0), new Point(230, 10, 1));
  }

  @Test
  void staysShortHoweverLongItTakes() {
    BenchTimeline timeline = new BenchTimeline(100);
    for (int i = 1; i <= 100_000; i++) {
      timeline.add(new Point(i * 100L, i, 0));
    }
    List<Point> points = timeline.points();
    long interval = points.get(1).nanos();
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).nanos() - points.get(i - 1).nanos()).isEqualTo(interval);
    }
    timeline.end(new Point(10_000_001, 100_000, 0));
    assertThat(timeline.points())
        .hasSizeBetween(BenchTimeline.MOST / 2, BenchTimeline.MOST + 1)
        .startsWith(new Point(0, 0, 0))
        .endsWith(new Point(10_000_001, 100_000, 0))
        .isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
  }
}
