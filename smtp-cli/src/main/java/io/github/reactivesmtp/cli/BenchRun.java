package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpClient;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends a load once: first what warms up, then what is measured. */
final class BenchRun {

  private final BenchSetup setup;
  private final Console console;
  private final boolean shown;
  private final BenchConnections connections = new BenchConnections();
  private final SmtpClient client;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(BenchRun::daemon);
  private @Nullable BenchPhase current;
  private boolean interrupted;

  /**
   * @param builder has all that was asked for
   * @param shown whether to show how it gets on
   */
  BenchRun(BenchSetup setup, SmtpClient.Builder builder, Console console, boolean shown) {
    this.setup = setup;
    this.console = console;
    this.shown = shown;
    this.client = builder.observer(connections).build();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "smtp-bench-clock");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns when there is a result for each message that was begun.
   *
   * @throws CliException if the server cannot be reached, or the warm-up came to nothing
   */
  BenchFigures send() {
    try {
      long warmedUp = setup.warmup().equals(BenchLimit.NONE) ? 0 : warmUp();
      return figures(warmedUp, send("Measuring", setup.limit()));
    } finally {
      client.disposeLater(BenchPhase.GRACE).onErrorResume(late -> Mono.empty()).block();
      clock.shutdownNow();
    }
  }

  /** Begins no more messages; what is under way may come to its end. */
  synchronized void stop() {
    interrupted = true;
    if (current != null) {
      current.stop();
    }
  }

  private long warmUp() {
    BenchPhase phase = send("Warming up", setup.warmup());
    BenchRecorder recorder = phase.recorder();
    Throwable failure = recorder.failure();
    if (failure != null) {
      throw CliException.usage(
          "the warm-up came to nothing: " + TextLine.sentence(failure), failure);
    }
    if (phase.isAbandoned()) {
      throw CliException.usage(
          "%s did not answer all of the warm-up within %d s of its end; nothing was measured"
              .formatted(setup.connection(), BenchPhase.GRACE.toSeconds()));
    }
    return recorder.tally().total();
  }

  private BenchPhase send(String task, BenchLimit limit) {
    BenchPhase phase = new BenchPhase(client, setup, limit, clock);
    begin(phase);
    try (BenchMeter meter = new BenchMeter(task, limit, setup.octets(), shown, console.err())) {
      phase.send(meter);
    }
    requireReached(phase.recorder());
    return phase;
  }

  private synchronized void begin(BenchPhase phase) {
    current = phase;
    if (interrupted) {
      phase.stop();
    }
  }

  private synchronized boolean isInterrupted() {
    return interrupted;
  }

  /** Without a connection there is nothing to report. */
  private void requireReached(BenchRecorder recorder) {
    Throwable failure = recorder.failure();
    if (failure != null && connections.opened() == 0) {
      throw CliException.usage(
          TextLine.sentence(failure)
              + " Nothing was measured. "
              + Advice.after(failure, setup.connection())
              + " \"smtp check\" with the same options shows more.",
          failure);
    }
  }

  private BenchFigures figures(long warmedUp, BenchPhase phase) {
    BenchRecorder recorder = phase.recorder();
    return new BenchFigures(
        warmedUp,
        phase.nanos(),
        phase.cpuNanos(),
        recorder.tally(),
        recorder.latencies(),
        phase.timeline(),
        recorder.refusals().kinds(),
        recorder.refusals().others(),
        connections.opened(),
        connections.server(),
        isInterrupted(),
        recorder.failure());
  }
}
