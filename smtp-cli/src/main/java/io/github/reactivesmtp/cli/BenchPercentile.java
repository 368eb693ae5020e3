package io.github.reactivesmtp.cli;

/** The latencies that are reported. */
enum BenchPercentile {
  P50("p50", 50),
  P90("p90", 90),
  P99("p99", 99),
  P999("p99.9", 99.9),
  MAX("max", 100);

  private final String label;
  private final double percentile;

  BenchPercentile(String label, double percentile) {
    this.label = label;
    this.percentile = percentile;
  }

  String label() {
    return label;
  }

  double millis(BenchFigures figures) {
    return figures.latencyMillis(percentile);
  }
}
