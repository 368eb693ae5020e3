package io.github.reactivesmtp.cli;

import java.util.List;
import java.util.Locale;

/** Messages a second over the time of a load. */
final class ThroughputPlot {

  private ThroughputPlot() {}

  static String of(List<BenchTimeline.Point> points) {
    double end = points.get(points.size() - 1).nanos() / 1e9;
    double most = 0;
    boolean errors = false;
    for (int i = 1; i < points.size(); i++) {
      most = Math.max(most, Math.max(accepted(points, i), errors(points, i)));
      errors |= errors(points, i) > 0;
    }
    BenchPlot plot = new BenchPlot("Messages a second over time", errors ? 30 : 12);
    PlotScale up = PlotScale.upTo(most, 4);
    for (int i = 0; i <= up.marks(); i++) {
      plot.rowAt(i * up.step() / up.end(), PlotScale.label(i * up.step()));
    }
    PlotScale along = PlotScale.upTo(end, 8);
    for (int i = 0; i * along.step() <= end; i++) {
      plot.columnAt(i * along.step() / end, PlotScale.label(i * along.step()));
    }
    String line = line(plot, points, end, up.end(), ThroughputPlot::accepted);
    plot.add("<path class=\"area\" d=\"%sV%.1fH%.1fZ\"/>%n", line, plot.y(0), plot.x(0));
    plot.add("<path class=\"line\" d=\"%s\"/>%n", line);
    if (errors) {
      plot.add(
          "<path class=\"line bad\" d=\"%s\"/>%n",
          line(plot, points, end, up.end(), ThroughputPlot::errors));
      plot.add("<text class=\"good key\" x=\"%.1f\" y=\"16\">accepted</text>%n", plot.x(0));
      plot.add("<text class=\"bad key\" x=\"%.1f\" y=\"16\">not accepted</text>%n", plot.x(0) + 72);
    }
    plot.titles("seconds", "messages/s");
    return plot.toString();
  }

  private interface Rate {
    double of(List<BenchTimeline.Point> points, int i);
  }

  /** Level over each interval: more is not known. */
  private static String line(
      BenchPlot plot, List<BenchTimeline.Point> points, double end, double top, Rate rate) {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < points.size(); i++) {
      double y = plot.y(rate.of(points, i) / top);
      double from = plot.x(points.get(i - 1).nanos() / 1e9 / end);
      double to = plot.x(points.get(i).nanos() / 1e9 / end);
      path.append(
          String.format(
              Locale.ROOT, i == 1 ? "M%2$.1f %1$.1fH%3$.1f" : "V%1$.1fH%3$.1f", y, from, to));
    }
    return path.toString();
  }

  private static double accepted(List<BenchTimeline.Point> points, int i) {
    return perSecond(points, i, points.get(i).accepted() - points.get(i - 1).accepted());
  }

  private static double errors(List<BenchTimeline.Point> points, int i) {
    return perSecond(points, i, points.get(i).errors() - points.get(i - 1).errors());
  }

  private static double perSecond(List<BenchTimeline.Point> points, int i, long count) {
    return count * 1e9 / Math.max(1, points.get(i).nanos() - points.get(i - 1).nanos());
  }
}
