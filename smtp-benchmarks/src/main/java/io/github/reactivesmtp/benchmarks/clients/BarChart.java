package io.github.reactivesmtp.benchmarks.clients;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages a second as bars, a panel for each case, in SVG that reads well in light and dark. Where
 * the highest is more than fifty times the lowest the scale is logarithmic, and says so.
 */
final class BarChart {

  private static final int WIDTH = 870;
  private static final int LABELS = 330;
  private static final int BARS = 420;
  private static final int ROW = 24;
  private static final int BAR = 16;
  private static final int TITLE = 52;
  private static final int AXIS = 30;
  private static final double LOGARITHMIC_FROM = 50;

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #1f2328 }
        .title { font-weight: 600; font-size: 15px }
        .note { fill: #59636e; font-size: 12px }
        .grid { stroke: #d1d9e0 }
        .ours { fill: #0969da }
        .rival { fill: #8c959f }
        .command { fill: none; stroke: #8c959f; stroke-dasharray: 4 3 }
        .own { font-weight: 600 }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc }
          .note { fill: #9198a1 }
          .grid { stroke: #3d444d }
          .ours { fill: #4493f8 }
          .rival { fill: #656c76 }
          .command { stroke: #9198a1 }
        }
      </style>
      """;

  private final StringBuilder svg = new StringBuilder();
  private int y;

  private BarChart() {}

  /** The chart of these cases, one below the other. */
  static String of(Map<LoadCase, List<Summary>> cases) {
    BarChart chart = new BarChart();
    cases.forEach((load, summaries) -> chart.panel(load, summaries));
    return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
                    + " %d\" role=\"img\">%n<title>Messages a second</title>%n",
                WIDTH,
                chart.y,
                WIDTH,
                chart.y)
            .replace(System.lineSeparator(), "\n")
        + STYLE
        + chart.svg
        + "</svg>\n";
  }

  private void panel(LoadCase load, List<Summary> summaries) {
    List<Summary> bars = new ArrayList<>(summaries);
    bars.removeIf(summary -> summary.rounds() == 0 || !(summary.messagesPerSecond() > 0));
    bars.sort(Comparator.comparingDouble(Summary::messagesPerSecond).reversed());
    if (bars.isEmpty()) {
      return;
    }
    double most = bars.get(0).messagesPerSecond();
    double least = bars.get(bars.size() - 1).messagesPerSecond();
    Scale scale = most / least > LOGARITHMIC_FROM ? Scale.log(least, most) : Scale.linear(most);
    text(10, y + 22, "title", load.title());
    text(10, y + 40, "note", "messages a second" + (scale.logarithmic ? ", logarithmic" : ""));
    int bottom = y + TITLE + bars.size() * ROW;
    for (double tick : scale.ticks()) {
      double x = LABELS + BARS * scale.of(tick);
      element(
          "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          x, x, y + TITLE, bottom);
      element(
          "<text class=\"note\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x, bottom + 16, String.format(Locale.ROOT, "%,.0f", tick));
    }
    y += TITLE;
    bars.forEach(bar -> bar(bar, scale));
    y = bottom + AXIS;
  }

  private void bar(Summary summary, Scale scale) {
    Peer peer = summary.peer();
    double length = Math.max(1, BARS * scale.of(summary.messagesPerSecond()));
    String own = peer.role() == Peer.Role.OURS ? "own" : "";
    element(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        own, LABELS - 8, y + 16, escape(peer.label()));
    element(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
        peer.role().name().toLowerCase(Locale.ROOT), LABELS, y + 4, length, BAR);
    text(LABELS + length + 8, y + 16, own, ComparisonTable.number(summary.messagesPerSecond()));
    y += ROW;
  }

  private void text(double x, int atY, String style, String text) {
    element("<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>", style, x, atY, escape(text));
  }

  private void element(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** From a value to a share of the length of the bars. */
  record Scale(boolean logarithmic, double from, double to) {

    static Scale linear(double most) {
      return new Scale(false, 0, most);
    }

    /** From the power of ten below the least, or one below that for it to have a bar. */
    static Scale log(double least, double most) {
      double below = Math.floor(Math.log10(least) - 0.1);
      return new Scale(true, Math.pow(10, below), most);
    }

    double of(double value) {
      return logarithmic
          ? Math.log(value / from) / Math.log(to / from)
          : (value - from) / (to - from);
    }

    /** Values to mark: powers of ten, or four or five round ones. */
    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (logarithmic) {
        for (double tick = from; tick <= to; tick *= 10) {
          ticks.add(tick);
        }
      } else {
        double power = Math.pow(10, Math.floor(Math.log10(to / 2)));
        double step = to / 2 / power >= 5 ? 2 * power : to / 2 / power >= 2 ? power : power / 2;
        for (double tick = 0; tick <= to; tick += step) {
          ticks.add(tick);
        }
      }
      return ticks;
    }
  }
}
