package io.github.reactivesmtp.benchmarks.clients;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results without having run anything. */
final class Samples {

  static final LoadCase ONE = new LoadCase(1, 1024, 1, 0);
  static final LoadCase FAR = new LoadCase(16, 102_400, 50, 100);

  private Samples() {}

  static Peer peer(JavaPeer.Setup setup) {
    return new JavaPeer(setup, Path.of("peers"), List.of("-Xmx512m"), 256, 1);
  }

  /** So many messages in a second. */
  static Figures figures(long messages) {
    return new Figures(messages, 1, 0.5, 2048, 0, 1.5, 2.5, 10);
  }

  static Run run(LoadCase load, Peer peer, int round, long messages) {
    return new Run(load, peer, round, figures(messages), null);
  }

  static Run run(LoadCase load, Peer peer, int round, @Nullable Figures figures, String problem) {
    return new Run(load, peer, round, figures, problem);
  }

  static Results results(List<Run> runs) {
    Plan plan =
        new Plan(
            runs.stream().map(Run::load).distinct().toList(),
            runs.stream().map(Run::peer).distinct().toList(),
            3,
            new Bounds(1000, 10, 5),
            null,
            List.of("-Xmx512m"),
            Path.of("logs"));
    Machine machine = new Machine(2, "A processor", "A Java", "A system", 0.25);
    return new Results(Instant.parse("2026-11-25T00:00:00Z"), machine, plan, runs);
  }
}
