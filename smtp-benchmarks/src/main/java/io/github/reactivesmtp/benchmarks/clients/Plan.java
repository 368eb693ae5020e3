package io.github.reactivesmtp.benchmarks.clients;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is compared, and how.
 *
 * @param sinkCommand starts the sink of each run; null for the testkit's server
 * @param jvmOptions for every JVM that is started
 * @param logs where the programs' output goes
 */
record Plan(
    List<LoadCase> cases,
    List<Peer> peers,
    int rounds,
    Bounds bounds,
    @Nullable String sinkCommand,
    List<String> jvmOptions,
    Path logs) {

  /** In words, for the table. */
  String sink() {
    return sinkCommand == null ? "the testkit's SmtpServer in a JVM of its own" : sinkCommand;
  }
}
