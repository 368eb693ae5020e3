package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a load under way: how far it is, messages and octets a second, errors. */
final class BenchMeter implements AutoCloseable {

  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  private final BenchLimit limit;
  private final int octets;
  private final PrintStream out;
  private final @Nullable ProgressBar bar;
  private BenchTimeline.Point shown = new BenchTimeline.Point(0, 0, 0);

  /**
   * @param octets of each message
   * @param show whether to show anything
   */
  BenchMeter(String task, BenchLimit limit, int octets, boolean show, PrintStream out) {
    this.limit = limit;
    this.octets = octets;
    this.out = out;
    this.bar = show ? bar(task, limit, out) : null;
  }

  private static ProgressBar bar(String task, BenchLimit limit, PrintStream out) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(limit.time() == null ? limit.messages() : limit.time().toSeconds())
        .setUnit(limit.time() == null ? "" : "s", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .hideEta()
        .setConsumer(
            new ConsoleProgressBarConsumer(out) {
              @Override
              public void close() {
                // The end of the line is left to this class.
              }
            })
        .build();
  }

  /** Shows what there is by now. */
  void show(BenchTimeline.Point now) {
    long nanos = now.nanos() - shown.nanos();
    if (bar == null || nanos < INTERVAL) {
      return;
    }
    double perSecond = (now.accepted() - shown.accepted()) * 1e9 / nanos;
    bar.stepTo(
        limit.time() == null
            ? now.accepted() + now.errors()
            : TimeUnit.NANOSECONDS.toSeconds(now.nanos()));
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            "  %,.0f msg/s, %,.1f MB/s, %,d errors",
            perSecond,
            perSecond * octets / 1e6,
            now.errors()));
    shown = now;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      out.println();
    }
  }
}
