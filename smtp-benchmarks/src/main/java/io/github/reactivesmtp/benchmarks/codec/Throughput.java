package io.github.reactivesmtp.benchmarks.codec;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts octets of input; per nanosecond they are GB/s. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Throughput {

  /** Octets so far, which JMH divides by the time. */
  public long gbPerSecond;

  /** Begins to count. */
  @Setup(Level.Iteration)
  public void reset() {
    gbPerSecond = 0;
  }

  void add(int octets) {
    gbPerSecond += octets;
  }
}
