package io.github.reactivesmtp.cli;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How latencies are distributed, over a logarithmic axis, with the percentiles marked. */
final class LatencyPlot {

  private static final int BARS_PER_DECADE = 12;
  private static final double GAP = 1;

  /** A row of labels above for each percentile, so that they do not cover each other. */
  private static final int LABEL_ROW = 14;

  private final BenchFigures figures;
  private final Histogram latencies;
  private final BenchPlot plot =
      new BenchPlot("Distribution of latencies", BenchPercentile.values().length * LABEL_ROW + 10);

  /** Exponents of ten, in milliseconds. */
  private final double from;

  private final double to;

  private LatencyPlot(BenchFigures figures) {
    this.figures = figures;
    this.latencies = figures.latencies();
    double lowest = exponent(Math.max(1, latencies.getMinValue()) / 1e6);
    double highest = exponent(Math.max(1, latencies.getMaxValue()) / 1e6);
    // At least a decade, in whole bars.
    double bars = Math.floor(lowest * BARS_PER_DECADE);
    this.from = bars / BARS_PER_DECADE;
    this.to =
        Math.max(bars + BARS_PER_DECADE, Math.floor(highest * BARS_PER_DECADE) + 1)
            / BARS_PER_DECADE;
  }

  /** There must be at least one latency. */
  static String of(BenchFigures figures) {
    return new LatencyPlot(figures).draw();
  }

  private String draw() {
    int bars = (int) Math.round((to - from) * BARS_PER_DECADE);
    double[] shares = new double[bars];
    double most = 0;
    for (int i = 0; i < bars; i++) {
      shares[i] = share(from + (double) i / BARS_PER_DECADE);
      most = Math.max(most, shares[i]);
    }
    PlotScale up = PlotScale.upTo(100 * most, 4);
    for (int i = 0; i <= up.marks(); i++) {
      plot.rowAt(i * up.step() / up.end(), PlotScale.label(i * up.step()) + " %");
    }
    double width = plot.width() / bars;
    for (int i = 0; i < bars; i++) {
      if (shares[i] > 0) {
        double y = plot.y(100 * shares[i] / up.end());
        // Rare ones stay visible.
        double height = Math.max(1, plot.y(0) - y);
        plot.add(
            "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
            plot.x(0) + i * width + GAP / 2, plot.y(0) - height, width - GAP, height);
      }
    }
    columns();
    percentiles();
    plot.titles("milliseconds", "share of messages");
    return plot.toString();
  }

  /** Of the messages, in the bar that begins there. */
  private double share(double exponent) {
    long low = nanos(exponent);
    long high = nanos(exponent + 1.0 / BARS_PER_DECADE) - 1;
    if (high < low) {
      return 0;
    }
    return (double) latencies.getCountBetweenValues(low, Math.min(high, latencies.getMaxValue()))
        / latencies.getTotalCount();
  }

  private void columns() {
    int[] steps = to - from > 4 ? new int[] {1} : new int[] {1, 2, 5};
    for (int decade = (int) Math.floor(from); decade <= to; decade++) {
      for (int step : steps) {
        double value = step * Math.pow(10, decade);
        double share = (exponent(value) - from) / (to - from);
        if (share >= 0 && share <= 1) {
          plot.columnAt(share, PlotScale.label(value));
        }
      }
    }
  }

  /** The lines first: they pass behind the labels of others. */
  private void percentiles() {
    StringBuilder labels = new StringBuilder();
    int row = 0;
    for (BenchPercentile percentile : BenchPercentile.values()) {
      double millis = percentile.millis(figures);
      double share = Math.min(1, (exponent(Math.max(1e-6, millis)) - from) / (to - from));
      double y = LABEL_ROW * ++row;
      boolean left = share > 0.8;
      plot.add("<path class=\"mark\" d=\"M%.1f %.1fV%.1f\"/>%n", plot.x(share), y - 10, plot.y(0));
      labels.append(
          String.format(
              Locale.ROOT,
              "<text class=\"%s key\" x=\"%.1f\" y=\"%.1f\">%s %s</text>%n",
              left ? "left" : "right",
              plot.x(share) + (left ? -5 : 5),
              y,
              percentile.label(),
              PlotScale.label(millis)));
    }
    plot.add("%s", labels);
  }

  private static double exponent(double millis) {
    return Math.log10(millis);
  }

  private static long nanos(double exponent) {
    return Math.round(Math.pow(10, exponent) * 1e6);
  }
}
