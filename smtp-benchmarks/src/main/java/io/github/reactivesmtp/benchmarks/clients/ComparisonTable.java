package io.github.reactivesmtp.benchmarks.clients;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The results in Markdown: a table for each case, the fastest first. */
final class ComparisonTable {

  private ComparisonTable() {}

  /**
   * The whole page.
   *
   * @param libraries of each client, by its label
   */
  static String page(Results results, Map<String, List<String>> libraries) {
    Plan plan = results.plan();
    StringBuilder page = new StringBuilder("# Mail clients compared\n\n");
    page.append(
        String.format(
            Locale.ROOT,
            "%s. %s.%n%nRounds: %d, each sender once a round; %s s of warm-up, then %s s or %,d"
                + " messages. Medians, and the lowest and highest round. Each JVM: `%s`. Sink:"
                + " `%s`. The size is that of the text; the header comes beside.%n",
            results.date(),
            results.machine().describe(),
            plan.rounds(),
            number(plan.bounds().warmupSeconds()),
            number(plan.bounds().seconds()),
            plan.bounds().messages(),
            String.join(" ", plan.jvmOptions()),
            plan.sink()));
    byCase(results.summaries())
        .forEach(
            (load, summaries) ->
                page.append("\n## ").append(load.title()).append("\n\n").append(table(summaries)));
    appendLibraries(page, libraries);
    return page.toString().replace(System.lineSeparator(), "\n");
  }

  /** The summaries of each case, in order. */
  static Map<LoadCase, List<Summary>> byCase(List<Summary> summaries) {
    return summaries.stream()
        .collect(Collectors.groupingBy(Summary::load, LinkedHashMap::new, Collectors.toList()));
  }

  /** The table of one case. */
  static String table(List<Summary> ofOneCase) {
    Summary ours = Summary.bestOfOurs(ofOneCase);
    StringBuilder table =
        new StringBuilder(
            """
            | sender | msg/s | lowest…highest | MB/s | µs CPU a message | p50 ms | p99 ms | peak MiB | reactive-smtp is | in the sink |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """);
    ofOneCase.stream()
        .sorted(Comparator.comparingDouble(ComparisonTable::rank).reversed())
        .forEach(
            summary ->
                table.append(row(summary, ours == null ? Double.NaN : ours.messagesPerSecond())));
    return table.toString();
  }

  private static double rank(Summary summary) {
    return summary.rounds() == 0 ? -1 : summary.messagesPerSecond();
  }

  private static String row(Summary summary, double ours) {
    double rate = summary.messagesPerSecond();
    String ratio = Double.isNaN(ours / rate) ? "–" : ratio(ours / rate);
    return String.format(
        "| %s | %s | %s…%s | %s | %s | %s | %s | %s | %s | %s |%n",
        summary.peer().label(),
        number(rate),
        number(summary.lowest()),
        number(summary.highest()),
        number(rate * summary.load().size() / 1e6),
        number(summary.cpuMicros()),
        number(summary.p50Millis()),
        number(summary.p99Millis()),
        summary.peakRssKib() < 0 ? "–" : number(summary.peakRssKib() / 1024),
        ratio,
        held(summary));
  }

  private static String held(Summary summary) {
    if (summary.problems().isEmpty()) {
      return String.format(
          Locale.ROOT,
          summary.peer().content() == Peer.Content.UNKNOWN ? "all %,d" : "all %,d, checked",
          summary.messages());
    }
    return "**WRONG: "
        + summary.problems().stream()
            .map(problem -> problem.lines().findFirst().orElse("").replace("|", "\\|"))
            .distinct()
            .collect(Collectors.joining("; "))
        + "**";
  }

  private static String ratio(double value) {
    return number(value) + " ×";
  }

  /** Three digits that count, more before the point. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private static void appendLibraries(StringBuilder page, Map<String, List<String>> libraries) {
    if (!libraries.isEmpty()) {
      page.append("\n## What they are made of\n\n");
      new TreeMap<>(libraries)
          .forEach(
              (label, names) ->
                  page.append("- ")
                      .append(label)
                      .append(": ")
                      .append(String.join(", ", names))
                      .append('\n'));
    }
  }
}
