package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.testkit.ContentDigest;
import java.io.PrintStream;
import org.HdrHistogram.Histogram;

/**
 * What the demo found.
 *
 * @param latencies in nanoseconds, from when the client took an envelope until its result
 * @param sent what was given to the client
 * @param nanos how long it took
 * @param how the settings, for the first line
 */
record DemoReport(Tally tally, Histogram latencies, ContentDigest sent, long nanos, String how) {

  /**
   * Prints it as a table.
   *
   * @param held what the server holds
   * @return whether all was accepted and both sides agree
   */
  boolean print(PrintStream out, ContentDigest held) {
    double seconds = nanos / 1e9;
    boolean equal = sent.equals(held);
    out.printf("%,d messages in %.1f s: %s%n%n", tally.total(), seconds, how);
    out.println("Outcomes");
    tally.print(out);
    out.println();
    out.println("Speed");
    out.printf("  messages/s %,10.0f%n", tally.total() / seconds);
    out.printf("  MiB/s      %,10.1f%n", sent.octets() / seconds / (1 << 20));
    out.println();
    out.println("Latency, from taken to answered");
    percentile(out, "p50", latencies.getValueAtPercentile(50));
    percentile(out, "p90", latencies.getValueAtPercentile(90));
    percentile(out, "p99", latencies.getValueAtPercentile(99));
    percentile(out, "max", latencies.getMaxValue());
    out.println();
    out.println("Proof: number of messages and sum of their SHA-256");
    out.printf("  sent       %,10d  %s%n", sent.count(), sent.hex());
    out.printf("  received   %,10d  %s%n", held.count(), held.hex());
    out.println(equal ? "  equal" : "  NOT EQUAL");
    return equal && tally.allAccepted();
  }

  private static void percentile(PrintStream out, String name, long nanos) {
    out.printf("  %-10s %,10.2f ms%n", name, nanos / 1e6);
  }
}
