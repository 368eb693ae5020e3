package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs every sender in every case, round after round and each after the other, so that what
 * disturbs the machine disturbs them all. Each run has a fresh sink.
 */
final class Comparison {

  /** For starting, for ending, and for what is under way when the time is over. */
  private static final Duration EXTRA = Duration.ofSeconds(60);

  private final Plan plan;
  private final Consumer<Run> listener;

  /** How many messages a program sends in the time, for programs that know no time. */
  private final Map<String, Long> counts = new HashMap<>();

  /**
   * A comparison.
   *
   * @param listener hears of each run when it is over
   */
  Comparison(Plan plan, Consumer<Run> listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** All runs, those that do not count among them. */
  List<Run> run() throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (LoadCase load : plan.cases()) {
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Peer peer : plan.peers()) {
          if (peer.takesPart(load)) {
            Run run = run(load, peer, round);
            runs.add(run);
            listener.accept(run);
          }
        }
      }
    }
    return runs;
  }

  private Run run(LoadCase load, Peer peer, int round) throws InterruptedException {
    try {
      Bounds bounds = plan.bounds();
      if (peer instanceof CommandPeer command && command.needsCount()) {
        bounds = bounds(count(load, command));
      }
      String log = load.name() + "-" + peer.id() + "-" + round;
      return attempt(load, peer, round, bounds, log);
    } catch (IOException e) {
      return new Run(load, peer, round, null, e.getMessage());
    }
  }

  private Bounds bounds(long messages) {
    return new Bounds(messages, plan.bounds().warmupSeconds(), plan.bounds().seconds());
  }

  private Run attempt(LoadCase load, Peer peer, int round, Bounds bounds, String log)
      throws IOException, InterruptedException {
    Path file = plan.logs().resolve(log.replaceAll("[^A-Za-z0-9._-]", "_"));
    String template = plan.sinkCommand();
    boolean delays = template != null && template.contains("{delay}");
    try (Sink sink =
        Sink.start(
            template,
            plan.jvmOptions(),
            peer.content(),
            load.delayMillis(),
            Path.of(file + "-sink"))) {
      Figures figures;
      if (load.delayMillis() == 0 || delays) {
        figures = send(peer, sink.endpoint(), load, bounds, file);
      } else {
        try (DelayProxy proxy = new DelayProxy(sink.endpoint(), load.delayMillis())) {
          figures = send(peer, proxy.endpoint(), load, bounds, file);
        }
      }
      return new Run(load, peer, round, figures, Verdict.of(peer, load, figures, sink.end()));
    }
  }

  private static Figures send(Peer peer, Endpoint sink, LoadCase load, Bounds bounds, Path log)
      throws IOException, InterruptedException {
    Program program = Program.start(peer.command(sink, load, bounds), log);
    double seconds = bounds.warmupSeconds() + bounds.seconds();
    String output = program.await(EXTRA.plusMillis((long) (seconds * 1000)));
    try {
      return Figures.of(output);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + ": " + program.describe(), e);
    }
  }

  /** Finds out, with ever more messages, how many take about as long as others send. */
  private long count(LoadCase load, CommandPeer peer) throws IOException, InterruptedException {
    String key = load.name() + " " + peer.id();
    Long known = counts.get(key);
    if (known != null) {
      return known;
    }
    long most = plan.bounds().messages();
    double wanted = plan.bounds().seconds();
    long messages = Math.min(10L * load.connections(), most);
    while (true) {
      Run run = attempt(load, peer, 0, bounds(messages), "calibration-" + key);
      if (run.figures() == null || run.problem() != null) {
        throw new IOException(run.problem());
      }
      double seconds = run.figures().seconds();
      if (seconds >= wanted / 4 || messages == most) {
        long count = Math.max(load.connections(), (long) (messages / seconds * wanted));
        counts.put(key, Math.min(count, most));
        return Math.min(count, most);
      }
      messages = Math.min(messages * 10, most);
    }
  }
}
