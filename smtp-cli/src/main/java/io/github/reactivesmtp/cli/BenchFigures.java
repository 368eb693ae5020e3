package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a load came to.
 *
 * @param warmup messages sent before the clock started
 * @param nanos from the first message given to the client to the last result
 * @param cpuNanos CPU time of this process in between
 * @param latencies of those that the server answered, in nanoseconds
 * @param refusals the first few kinds of reasons why messages were not accepted
 * @param otherRefusals messages not accepted for other reasons
 * @param connections opened, for the warm-up too
 * @param server what it said
 * @param interrupted whether it was ended before its time
 * @param failure what ended it for all messages; null if nothing did
 */
record BenchFigures(
    Tally warmup,
    long nanos,
    long cpuNanos,
    Tally tally,
    Histogram latencies,
    BenchTimeline timeline,
    List<BenchRefusals.Kind> refusals,
    long otherRefusals,
    long connections,
    ServerFacts server,
    boolean interrupted,
    @Nullable Throwable failure) {

  private static final double NANOS_A_MILLI = 1e6;

  /** Messages sent before the clock started. */
  long warmedUp() {
    return warmup.total();
  }

  /** Messages that have a result. */
  long messages() {
    return tally.total();
  }

  long accepted() {
    return tally.of(Outcome.ACCEPTED);
  }

  /** All that was not accepted. */
  long errors() {
    return messages() - accepted();
  }

  double seconds() {
    return nanos / 1e9;
  }

  double cpuSeconds() {
    return cpuNanos / 1e9;
  }

  /** Accepted ones. */
  double messagesPerSecond() {
    return nanos == 0 ? 0 : accepted() / seconds();
  }

  /** Content of accepted messages in 1,000,000 octets, what transport adds to it not included. */
  double megabytesPerSecond(int octets) {
    return messagesPerSecond() * octets / 1e6;
  }

  double cpuMicrosPerMessage() {
    return messages() == 0 ? 0 : cpuNanos / 1e3 / messages();
  }

  double latencyMillis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / NANOS_A_MILLI;
  }

  boolean allAccepted() {
    return failure == null && messages() > 0 && tally.allAccepted();
  }
}
