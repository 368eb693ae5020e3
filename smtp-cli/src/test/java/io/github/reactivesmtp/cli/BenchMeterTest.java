package io.github.reactivesmtp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.cli.BenchTimeline.Point;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BenchMeterTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  @Test
  void showsWhatThereIsASecond() {
    try (BenchMeter meter = new BenchMeter(2000, out, true)) {
      meter.show("Measuring", new BenchLimit(10_000, null), new Point(SECOND, 1500, 0));
      meter.show("Measuring", new BenchLimit(10_000, null), new Point(2 * SECOND, 4500, 7));
    }
    assertThat(printed.toString(UTF_8))
        .contains("Measuring", "4507/10000", "3,000 msg/s, 6.0 MB/s, 7 errors")
        .endsWith("\n");
  }

  @Test
  void whatComesNextBeginsAnew() {
    try (BenchMeter meter = new BenchMeter(1000, out, true)) {
      meter.show("Warming up", new BenchLimit(5, null), new Point(SECOND, 5, 0));
      meter.show(
          "Measuring",
          new BenchLimit(Long.MAX_VALUE, new TimeSpan().convert("4s")),
          new Point(SECOND, 100, 0));
    }
    assertThat(printed.toString(UTF_8))
        .contains("Warming up", "5/5", "\n", "Measuring", "1/4 s", "100 msg/s");
  }

  @Test
  void whenNobodyWatchesNothingIsShown() {
    try (BenchMeter meter = new BenchMeter(2000, out, false)) {
      meter.show("Measuring", new BenchLimit(10_000, null), new Point(SECOND, 1500, 0));
    }
    assertThat(printed.toString(UTF_8)).isEmpty();
  }
}
