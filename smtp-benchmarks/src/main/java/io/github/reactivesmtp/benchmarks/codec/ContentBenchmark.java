package io.github.reactivesmtp.benchmarks.codec;

import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.DotStuffing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the benchmarks of content share: the corpora, their sizes, and how long to measure. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class ContentBenchmark {

  @Param Corpus corpus = Corpus.PLAIN;

  @Param({"1024", "65536", "10485760"})
  int size;

  @Param Memory memory = Memory.HEAP;

  /** The content with CR LF. */
  byte[] octets() {
    return corpus.octets(size);
  }

  /** The content with LF alone, as on a Unix disk; shorter by the CRs. */
  byte[] unixOctets() {
    byte[] octets = octets();
    int length = 0;
    for (byte octet : octets) {
      if (octet != '\r') {
        octets[length++] = octet;
      }
    }
    return Arrays.copyOf(octets, length);
  }

  /** The content as it goes over the wire after DATA. */
  static byte[] stuffed(byte[] octets) {
    ByteBuffer out =
        ByteBuffer.allocate(
            DotStuffing.maxStuffedLength(octets.length) + DotStuffing.MAX_TERMINATOR);
    DotStuffing.State state =
        DotStuffing.stuff(
            ByteBuffer.wrap(octets), out, DotStuffing.State.START, BareNewlines.NORMALISE);
    DotStuffing.terminate(out, state);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Ends a benchmark before it measures something that does not do what it should. */
  static void requireSame(String who, byte[] expected, byte[] made) {
    if (!Arrays.equals(expected, made)) {
      throw new IllegalStateException(
          who + " differs at " + Arrays.mismatch(expected, made) + " of " + expected.length);
    }
  }
}
