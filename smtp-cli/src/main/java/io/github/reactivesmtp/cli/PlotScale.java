package io.github.reactivesmtp.cli;

import java.util.Locale;

/**
 * An axis from 0 with round marks.
 *
 * @param step between two marks
 * @param end the last mark
 */
record PlotScale(double step, double end) {

  private static final double[] ROUND = {1, 2, 2.5, 5, 10};

  /**
   * A scale that holds a value.
   *
   * @param marks about how many, without that at 0
   */
  static PlotScale upTo(double most, int marks) {
    double raw = Math.max(most, 1e-9) / marks;
    double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = 10 * magnitude;
    for (double round : ROUND) {
      if (round * magnitude >= raw * (1 - 1e-9)) {
        step = round * magnitude;
        break;
      }
    }
    return new PlotScale(step, step * Math.max(1, Math.ceil(most / step - 1e-9)));
  }

  int marks() {
    return (int) Math.round(end / step);
  }

  /** In as few digits as tell the marks apart, with k and M for thousands and millions. */
  static String label(double value) {
    if (value >= 1e6) {
      return trim(value / 1e6) + "M";
    }
    return value >= 10_000 ? trim(value / 1e3) + "k" : trim(value);
  }

  private static String trim(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0*$", "");
  }
}
