package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;

/**
 * What a sender says about itself.
 *
 * @param messages accepted in the measured part
 * @param seconds that it took
 * @param cpuSeconds of the client's process in the measured part; NaN if not told
 * @param peakRssKib -1 if not told
 * @param errors messages not accepted
 * @param p50Millis from taking a message up to its final reply; NaN if not told
 * @param p99Millis the same
 * @param warmupMessages accepted before the measured part
 */
record Figures(
    long messages,
    double seconds,
    double cpuSeconds,
    long peakRssKib,
    long errors,
    double p50Millis,
    double p99Millis,
    long warmupMessages) {

  /**
   * Reads the line of JSON that a sender ends with.
   *
   * @throws IOException if there is none, or it lacks what it must have
   */
  static Figures of(String output) throws IOException {
    FlatJson json = FlatJson.lastOf(output);
    double messages = json.number("n", Double.NaN);
    double seconds = json.number("seconds", Double.NaN);
    if (Double.isNaN(messages) || Double.isNaN(seconds)) {
      throw new IOException("no n or no seconds in " + json);
    }
    return new Figures(
        (long) messages,
        seconds,
        json.number("cpu_seconds_of_client_process", Double.NaN),
        (long) json.number("peak_rss_kb", -1),
        (long) json.number("errors", 0),
        json.number("p50_ms", Double.NaN),
        json.number("p99_ms", Double.NaN),
        (long) json.number("warmup_n", 0));
  }

  double messagesPerSecond() {
    return messages / seconds;
  }

  /** CPU time a message, in microseconds. */
  double cpuMicros() {
    return cpuSeconds / messages * 1e6;
  }
}
