package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.SmtpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends a load once: what warms up and what is measured, without a pause between them, so that the
 * clock starts on connections that are as busy as they will be.
 */
final class BenchRun {

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

  private final BenchSetup setup;
  private final BenchMeter meter;
  private final Duration grace;
  private final BenchConnections connections = new BenchConnections();
  private final SmtpClient client;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(BenchRun::daemon);
  private final BenchResults warmedUp = new BenchResults();
  private final BenchResults measured = new BenchResults();
  private final BenchTimeline timeline = new BenchTimeline(TICK);
  private final BenchSource warmup;
  private final BenchSource measurement;
  private final BenchRecorder recorder;
  private volatile boolean interrupted;

  /**
   * @param builder has all that was asked for
   * @param meter shows how it gets on
   * @param grace how long what is under way may take after the end of the time, or an interruption
   */
  BenchRun(BenchSetup setup, SmtpClient.Builder builder, BenchMeter meter, Duration grace) {
    this.setup = setup;
    this.meter = meter;
    this.grace = grace;
    this.client = builder.observer(connections).build();
    this.warmup = source(setup.warmup(), warmedUp);
    this.measurement = source(setup.limit(), measured);
    this.recorder = new BenchRecorder(setup.envelopes(), this::end);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "smtp-bench-clock");
    thread.setDaemon(true);
    return thread;
  }

  private BenchSource source(BenchLimit limit, BenchResults results) {
    return new BenchSource(
        setup.envelopes(),
        results,
        limit.messages(),
        setup.sending().rate(),
        System::nanoTime,
        Schedulers.parallel());
  }

  /**
   * Returns when there is a result for each message that was begun.
   *
   * @throws CliException if the server cannot be reached
   */
  BenchFigures send() {
    try (meter) {
      clock.scheduleAtFixedRate(this::tick, TICK, TICK, TimeUnit.NANOSECONDS);
      client.sendAll(envelopes()).subscribe(recorder);
      recorder.await();
      long cpuNanos = measured.cpuNanos();
      client.disposeLater(grace).onErrorResume(late -> Mono.empty()).block();
      return figures(cpuNanos);
    } finally {
      clock.shutdownNow();
    }
  }

  private Flux<Envelope> envelopes() {
    Flux<Envelope> measuredOnes =
        Flux.defer(
            () -> {
              stopAfter(setup.limit(), this::end);
              return measurement;
            });
    if (setup.warmup().equals(BenchLimit.NONE)) {
      return measuredOnes;
    }
    stopAfter(setup.warmup(), warmup::stop);
    return Flux.concat(warmup, measuredOnes);
  }

  private void stopAfter(BenchLimit limit, Runnable stop) {
    if (limit.time() != null) {
      clock.schedule(stop, limit.time().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    BenchTimeline.Point now;
    if (measured.hasBegun()) {
      now = measured.at(System.nanoTime());
      timeline.add(now);
      meter.show("Measuring", setup.limit(), now);
    } else if (warmedUp.hasBegun()) {
      meter.show("Warming up", setup.warmup(), warmedUp.at(System.nanoTime()));
    }
  }

  /** Ends it before its time. */
  void interrupt() {
    interrupted = true;
    end();
  }

  /**
   * Begins no more messages; what is under way has the grace period, and ends as NOT_SENT or
   * UNKNOWN after it.
   */
  private void end() {
    measurement.stop();
    warmup.stop();
    if (!clock.isShutdown()) {
      clock.schedule(this::abandon, grace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void abandon() {
    if (!recorder.isDone()) {
      client.disposeLater(Duration.ZERO).subscribe();
    }
  }

  private BenchFigures figures(long cpuNanos) {
    @Nullable Throwable failure = recorder.failure();
    if (failure != null && connections.opened() == 0) {
      String what = TextLine.sentence(failure);
      throw CliException.usage(
          what
              + (what.contains("Nothing ") ? " " : " Nothing was measured. ")
              + Advice.after(failure, setup.connection())
              + " \"smtp check\" with the same options shows more.",
          failure);
    }
    timeline.end(measured.end());
    return new BenchFigures(
        warmedUp.tally(),
        measured.nanos(),
        cpuNanos,
        measured.tally(),
        measured.latencies(),
        timeline,
        measured.refusals().kinds(),
        measured.refusals().others(),
        connections.opened(),
        connections.server(),
        interrupted,
        failure);
  }
}
