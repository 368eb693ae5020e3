package io.github.reactivesmtp.benchmarks.clients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds of one sender in one case come to: medians of the runs that count.
 *
 * @param rounds how many those are
 * @param lowest messages a second
 * @param highest messages a second
 * @param messages over all of them, warm-up included: as many as the sinks held
 * @param problems why others do not count
 */
record Summary(
    LoadCase load,
    Peer peer,
    int rounds,
    double messagesPerSecond,
    double lowest,
    double highest,
    double cpuMicros,
    double p50Millis,
    double p99Millis,
    double peakRssKib,
    long messages,
    List<String> problems) {

  /** One for each case and sender, in the order in which they first ran. */
  static List<Summary> of(List<Run> runs) {
    Map<List<Object>, List<Run>> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      groups.computeIfAbsent(List.of(run.load(), run.peer()), key -> new ArrayList<>()).add(run);
    }
    return groups.values().stream().map(Summary::ofOne).toList();
  }

  private static Summary ofOne(List<Run> runs) {
    List<Figures> figures =
        runs.stream()
            .filter(run -> run.problem() == null)
            .map(Run::figures)
            .filter(Objects::nonNull)
            .toList();
    return new Summary(
        runs.get(0).load(),
        runs.get(0).peer(),
        figures.size(),
        median(figures, Figures::messagesPerSecond),
        figures.stream().mapToDouble(Figures::messagesPerSecond).min().orElse(Double.NaN),
        figures.stream().mapToDouble(Figures::messagesPerSecond).max().orElse(Double.NaN),
        median(figures, Figures::cpuMicros),
        median(figures, Figures::p50Millis),
        median(figures, Figures::p99Millis),
        median(figures, Figures::peakRssKib),
        figures.stream().mapToLong(each -> each.messages() + each.warmupMessages()).sum(),
        runs.stream().map(Run::problem).filter(Objects::nonNull).toList());
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> what) {
    return median(figures.stream().mapToDouble(what).toArray());
  }

  /** The one in the middle, or the mean of the two there; NaN if there is none. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Ours that sends most in a case; null if none of ours took part. */
  static @Nullable Summary bestOfOurs(List<Summary> ofOneCase) {
    return ofOneCase.stream()
        .filter(summary -> summary.peer.role() == Peer.Role.OURS && summary.rounds > 0)
        .max(Comparator.comparingDouble(Summary::messagesPerSecond))
        .orElse(null);
  }
}
