package io.github.reactivesmtp.benchmarks.codec;

import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * How far content may go out uncopied, all of it in one pass or, where lines start with dots, from
 * dot to dot. No rival has such a pass; beside it is a loop over octets.
 *
 * <p>Read {@code gbPerSecond}: GB/s of content looked at.
 */
public class DotStuffingScanBenchmark extends ContentBenchmark {

  private ByteBuffer content = ByteBuffer.allocate(0);

  /** Makes the content, and sees that both find the same dots. */
  @Setup
  public void fill() {
    content = memory.of(octets());
    int found = prefixByPrefix();
    if (found != dotsOctetByOctet()) {
      throw new IllegalStateException(found + " and " + dotsOctetByOctet() + " dots");
    }
  }

  /** This library. */
  @Benchmark
  public int cleanPrefixes(Throughput throughput) {
    throughput.add(size);
    return prefixByPrefix();
  }

  private int prefixByPrefix() {
    ByteBuffer in = content.rewind();
    State state = State.START;
    int dots = 0;
    while (true) {
      int clean = DotStuffing.cleanPrefix(in, state);
      in.position(in.position() + clean);
      if (!in.hasRemaining()) {
        return dots;
      }
      // At a dot that starts a line: the stuffed one goes out, and the rest of the line as it is.
      dots++;
      state = State.MID_LINE;
    }
  }

  /** The plain way. */
  @Benchmark
  public int octetByOctet(Throughput throughput) {
    throughput.add(size);
    return dotsOctetByOctet();
  }

  private int dotsOctetByOctet() {
    ByteBuffer in = content;
    int dots = 0;
    byte last = '\n';
    for (int i = 0; i < size; i++) {
      byte octet = in.get(i);
      if (last == '\n' && octet == '.') {
        dots++;
      }
      if ((last == '\r') != (octet == '\n')) {
        throw new IllegalStateException("a bare newline");
      }
      last = octet;
    }
    return dots;
  }
}
