package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.reactivesmtp.codec.DotUnstuffing;
import io.github.reactivesmtp.codec.DotUnstuffing.State;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.net.io.DotTerminatedMessageReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a server does with content: its end found, dots taken away. The rival is commons-net's
 * reader, which has characters on both sides and gets them ready made; the others only send.
 *
 * <p>Read {@code gbPerSecond}: GB/s off the wire.
 */
public class DotUnstuffingBenchmark extends ContentBenchmark {

  private char[] characters = new char[0];
  private char[] read = new char[0];
  private ByteBuffer wire = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(0);

  /** Makes what is on the wire, and sees that both read the same. */
  @Setup
  public void fill() throws IOException {
    byte[] octets = octets();
    byte[] stuffed = stuffed(octets);
    characters = new String(stuffed, ISO_8859_1).toCharArray();
    read = new char[characters.length];
    wire = memory.of(stuffed);
    out = memory.allocate(stuffed.length + 1);
    if (unstuff() != State.END) {
      throw new IllegalStateException("no end");
    }
    byte[] made = new byte[out.position()];
    out.get(0, made);
    requireSame("this library", octets, made);
    requireSame("commons-net", octets, new String(read, 0, commonsNet()).getBytes(ISO_8859_1));
  }

  /** This library. */
  @Benchmark
  public State unstuff(Throughput throughput) {
    throughput.add(characters.length);
    return unstuff();
  }

  private State unstuff() {
    return DotUnstuffing.unstuff(wire.rewind(), out.clear(), State.START);
  }

  /** Apache Commons Net, characters to characters. */
  @Benchmark
  public int commonsNet(Throughput throughput) throws IOException {
    throughput.add(characters.length);
    return commonsNet();
  }

  private int commonsNet() throws IOException {
    DotTerminatedMessageReader reader =
        new DotTerminatedMessageReader(new CharArrayReader(characters));
    int length = 0;
    int more = reader.read(read, 0, read.length);
    while (more > 0) {
      length += more;
      more = reader.read(read, length, read.length - length);
    }
    return length;
  }
}
