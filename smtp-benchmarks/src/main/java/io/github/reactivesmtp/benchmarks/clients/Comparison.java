package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs every sender in every case, round after round and each after the other, so that what
 * disturbs the machine disturbs them all.
 */
final class Comparison {

  /** For starting, for ending, and for what is under way when the time is over. */
  private static final Duration EXTRA = Duration.ofSeconds(60);

  private final Plan plan;
  private final Consumer<Run> listener;

  /** The testkit's server, if that is the sink. */
  private @Nullable EmbeddedSink embedded;

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

  /**
   * All runs, those that do not count among them.
   *
   * @throws IOException if the testkit's server does not start
   */
  List<Run> run() throws IOException, InterruptedException {
    if (plan.sinkCommand() != null) {
      return runAll();
    }
    try (EmbeddedSink sink =
        EmbeddedSink.start(plan.jvmOptions(), plan.logs().resolve("sink.err"))) {
      embedded = sink;
      if (plan.bounds().warmupSeconds() > 0) {
        warmUp(plan.cases().get(0));
      }
      return runAll();
    }
  }

  /** Lets everybody send once what does not count, so that nobody is the first to use the sink. */
  private void warmUp(LoadCase load) throws InterruptedException {
    Bounds bounds = new Bounds(plan.bounds().messages(), 0, plan.bounds().seconds());
    for (Peer peer : plan.peers()) {
      if (peer instanceof JavaPeer) {
        run(load, peer, 0, bounds);
      }
    }
  }

  private List<Run> runAll() throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (LoadCase load : plan.cases()) {
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Peer peer : plan.peers()) {
          if (peer.takesPart(load)) {
            Run run = run(load, peer, round, plan.bounds());
            runs.add(run);
            listener.accept(run);
          }
        }
      }
    }
    return runs;
  }

  private Run run(LoadCase load, Peer peer, int round, Bounds wanted) throws InterruptedException {
    try {
      Bounds bounds = wanted;
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
    if (embedded != null) {
      embedded.expect(peer.content());
      return attempt(load, peer, round, bounds, file, embedded, load.delayMillis());
    }
    String template = Objects.requireNonNull(plan.sinkCommand());
    int delay = template.contains("{delay}") ? 0 : load.delayMillis();
    try (Sink sink = CommandSink.start(template, load.delayMillis(), Path.of(file + "-sink"))) {
      return attempt(load, peer, round, bounds, file, sink, delay);
    }
  }

  private static Run attempt(
      LoadCase load, Peer peer, int round, Bounds bounds, Path log, Sink sink, int delay)
      throws IOException, InterruptedException {
    Figures figures;
    if (delay == 0) {
      figures = send(peer, sink.endpoint(), load, bounds, log);
    } else {
      try (DelayProxy proxy = new DelayProxy(sink.endpoint(), delay)) {
        figures = send(peer, proxy.endpoint(), load, bounds, log);
      }
    }
    return new Run(load, peer, round, figures, Verdict.of(peer, load, figures, sink.stats()));
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
