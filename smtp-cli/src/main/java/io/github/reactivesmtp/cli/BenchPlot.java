package io.github.reactivesmtp.cli;

import java.util.Locale;

/** A plot as SVG inside a page, whose style sheet gives it its colours. */
final class BenchPlot {

  private static final int WIDTH = 760;
  private static final int DRAWING = 200;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int BOTTOM = 44;

  private final int top;
  private final int height;
  private final StringBuilder svg = new StringBuilder();

  /**
   * @param description what it shows, for those who do not see it
   * @param above room above the drawing
   */
  BenchPlot(String description, int above) {
    this.top = above;
    this.height = above + DRAWING + BOTTOM;
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
        WIDTH, height, Html.escape(description));
  }

  /** Where a share of the width is. */
  double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  /** Where a share of the height is. */
  double y(double share) {
    return top + DRAWING * (1 - share);
  }

  double width() {
    return x(1) - x(0);
  }

  /** A horizontal line with its label on the left. */
  void rowAt(double share, String label) {
    add(
        "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text class=\"left\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        x(0), y(share), x(1), x(0) - 8, y(share) + 4, label);
  }

  /** A mark on the axis below, with its label. */
  void columnAt(double share, String label) {
    add(
        "<path class=\"axis\" d=\"M%.1f %.1fv5\"/><text class=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        x(share), y(0), x(share), y(0) + 19, label);
  }

  /** What the axes count. */
  void titles(String below, String beside) {
    add("<path class=\"axis\" d=\"M%.1f %.1fH%.1f\"/>%n", x(0), y(0), x(1));
    add("<text class=\"middle title\" x=\"%.1f\" y=\"%d\">%s</text>%n", x(0.5), height - 6, below);
    add(
        "<text class=\"middle title\" transform=\"translate(14 %.1f) rotate(-90)\">%s</text>%n",
        y(0.5), beside);
  }

  /** Anything else. */
  void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  @Override
  public String toString() {
    return svg + "</svg>\n";
  }
}
