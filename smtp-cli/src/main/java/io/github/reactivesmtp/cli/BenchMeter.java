package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a load under way: how far it is, messages and octets a second, errors. Thread-safe. */
final class BenchMeter implements AutoCloseable {

  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  private final int octets;
  private final PrintStream out;
  private final boolean watched;
  private @Nullable ProgressBar bar;
  private String task = "";
  private BenchTimeline.Point shown = new BenchTimeline.Point(0, 0, 0);

  /**
   * @param octets of each message
   * @param watched whether to show anything
   */
  BenchMeter(int octets, PrintStream out, boolean watched) {
    this.octets = octets;
    this.out = out;
    this.watched = watched;
  }

  private static ProgressBar bar(String task, BenchLimit limit, PrintStream out) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(limit.isCounted() ? limit.messages() : limit.seconds())
        .setUnit(limit.isCounted() ? "" : " s", 1)
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

  /**
   * Shows what there is by now.
   *
   * @param name of what is done; another one begins anew
   * @param limit its end
   */
  synchronized void show(String name, BenchLimit limit, BenchTimeline.Point now) {
    if (!watched) {
      return;
    }
    ProgressBar current = bar;
    if (current == null || !name.equals(task)) {
      close();
      current = bar(name, limit, out);
      bar = current;
      task = name;
      shown = new BenchTimeline.Point(0, 0, 0);
    }
    long nanos = now.nanos() - shown.nanos();
    if (nanos < INTERVAL) {
      return;
    }
    double perSecond = (now.accepted() - shown.accepted()) * 1e9 / nanos;
    current.stepTo(
        limit.isCounted()
            ? now.accepted() + now.errors()
            : TimeUnit.NANOSECONDS.toSeconds(now.nanos()));
    current.setExtraMessage(
        String.format(
            Locale.ROOT,
            "  %,.0f msg/s, %,.1f MB/s, %,d errors",
            perSecond,
            perSecond * octets / 1e6,
            now.errors()));
    shown = now;
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      out.println();
    }
  }
}
