package io.github.reactivesmtp.benchmarks.clients;

import java.time.Instant;
import java.util.List;

/** What came of a comparison, and of what. */
record Results(Instant date, Machine machine, Plan plan, List<Run> runs) {

  List<Summary> summaries() {
    return Summary.of(runs);
  }

  /** Whether every run counts. */
  boolean isSound() {
    return runs.stream().allMatch(run -> run.problem() == null);
  }
}
