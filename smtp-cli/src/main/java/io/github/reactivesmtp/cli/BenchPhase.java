package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpClient;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/**
 * One part of a load, from its first message to its last result: the warm-up or the measurement.
 */
final class BenchPhase {

  /** How long what is under way may take after the end of the time, or an interruption. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

  private final SmtpClient client;
  private final BenchLimit limit;
  private final ScheduledExecutorService clock;
  private final BenchSource source;
  private final BenchRecorder recorder;
  private final BenchTimeline timeline = new BenchTimeline(TICK);
  private long begun;
  private long cpuNanos;
  private volatile boolean abandoned;

  /**
   * @param limit its end, where {@code setup} has those of both
   * @param clock for what is to happen beside the sending
   */
  BenchPhase(
      SmtpClient client, BenchSetup setup, BenchLimit limit, ScheduledExecutorService clock) {
    this.client = client;
    this.limit = limit;
    this.clock = clock;
    this.source =
        new BenchSource(
            setup.envelopes(),
            limit.messages(),
            setup.sending().rate(),
            System::nanoTime,
            Schedulers.parallel());
    this.recorder = new BenchRecorder(setup.envelopes(), source::stop);
  }

  /** Sends, and returns when there is a result for each message that was begun. */
  void send(BenchMeter meter) {
    long cpuBefore = MachineFacts.cpuNanos();
    begun = System.nanoTime();
    var ticks = clock.scheduleAtFixedRate(() -> tick(meter), TICK, TICK, TimeUnit.NANOSECONDS);
    if (limit.time() != null) {
      clock.schedule(this::stop, limit.time().toNanos(), TimeUnit.NANOSECONDS);
    }
    client.sendAll(source).subscribe(recorder);
    recorder.await();
    cpuNanos = MachineFacts.cpuNanos() - cpuBefore;
    ticks.cancel(false);
    timeline.end(point(nanos()));
  }

  private void tick(BenchMeter meter) {
    BenchTimeline.Point now = point(System.nanoTime() - begun);
    timeline.add(now);
    meter.show(now);
  }

  private BenchTimeline.Point point(long nanos) {
    return new BenchTimeline.Point(nanos, recorder.accepted(), recorder.errors());
  }

  /**
   * Begins no more messages; what is under way has the grace period, and ends as NOT_SENT or
   * UNKNOWN after it.
   */
  void stop() {
    source.stop();
    clock.schedule(this::abandon, GRACE.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void abandon() {
    if (!recorder.isDone()) {
      abandoned = true;
      client.disposeLater(Duration.ZERO).subscribe();
    }
  }

  // What follows is for after send().

  BenchRecorder recorder() {
    return recorder;
  }

  BenchTimeline timeline() {
    return timeline;
  }

  /** From its begin to its last result. */
  long nanos() {
    return recorder.ended() - begun;
  }

  /** CPU time of this process meanwhile. */
  long cpuNanos() {
    return cpuNanos;
  }

  /** Whether the server left messages without an answer beyond the grace period. */
  boolean isAbandoned() {
    return abandoned;
  }
}
