package io.github.reactivesmtp.benchmarks;

import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.ContentScan;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.DotStuffing.State;
import io.github.reactivesmtp.codec.DotUnstuffing;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Scanning and stuffing of 64 KiB of content; an operation is one KiB, so ops/ms are MB/s. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DotStuffingBenchmark {

  private static final int KIB = 64;

  /** What the lines are like. */
  public enum Corpus {
    /** Base64: every line has 76 characters. */
    BASE64,
    /** Prose: lines of 1 to 76 characters, one in a hundred starts with a dot. */
    PROSE,
    /** Every line starts with a dot. */
    DOTTED,
    /** As PROSE, with LF alone. */
    UNIX
  }

  /** Where the octets are. */
  public enum Memory {
    HEAP,
    DIRECT
  }

  @Param Corpus corpus = Corpus.BASE64;

  @Param Memory memory = Memory.HEAP;

  private ByteBuffer content = ByteBuffer.allocate(0);
  private ByteBuffer wire = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(0);

  /** Makes the content, and its form on the wire. */
  @Setup
  public void fill() {
    int room = DotStuffing.maxStuffedLength(KIB * 1024) + DotStuffing.MAX_TERMINATOR;
    content = allocate(KIB * 1024);
    wire = allocate(room);
    out = allocate(room);
    Random random = new Random(76);
    while (content.hasRemaining()) {
      putLine(random);
    }
    content.flip();
    State state = DotStuffing.stuff(content, wire, State.START, BareNewlines.NORMALISE);
    DotStuffing.terminate(wire, state);
    wire.flip();
  }

  private void putLine(Random random) {
    int length = corpus == Corpus.BASE64 ? 76 : 1 + random.nextInt(76);
    boolean dot = corpus == Corpus.DOTTED || (corpus != Corpus.BASE64 && random.nextInt(100) == 0);
    StringBuilder line = new StringBuilder(dot ? "." : "");
    while (line.length() < length) {
      line.append((char) ('a' + random.nextInt(26)));
    }
    line.append(corpus == Corpus.UNIX ? "\n" : "\r\n");
    for (int i = 0; i < line.length() && content.hasRemaining(); i++) {
      content.put((byte) line.charAt(i));
    }
  }

  private ByteBuffer allocate(int octets) {
    return memory == Memory.HEAP ? ByteBuffer.allocate(octets) : ByteBuffer.allocateDirect(octets);
  }

  /** How far the content may go out uncopied; ends early where there is something to correct. */
  @Benchmark
  @OperationsPerInvocation(KIB)
  public int cleanPrefix() {
    return DotStuffing.cleanPrefix(content.rewind(), State.START);
  }

  /** Everything {@link ContentScan} finds out. */
  @Benchmark
  @OperationsPerInvocation(KIB)
  public long contentScan() {
    ContentScan scan = new ContentScan();
    scan.accept(content.rewind());
    return scan.normalisedLength();
  }

  /** Stuffing into another buffer. */
  @Benchmark
  @OperationsPerInvocation(KIB)
  public State stuff() {
    return DotStuffing.stuff(content.rewind(), out.clear(), State.START, BareNewlines.NORMALISE);
  }

  /** The way back, at a server. */
  @Benchmark
  @OperationsPerInvocation(KIB)
  public DotUnstuffing.State unstuff() {
    return DotUnstuffing.unstuff(wire.rewind(), out.clear(), DotUnstuffing.State.START);
  }

  /** The rival: octet by octet, as mail libraries commonly do. */
  @Benchmark
  @OperationsPerInvocation(KIB)
  public int stuffOctetByOctet() {
    ByteBuffer in = content.rewind();
    ByteBuffer to = out.clear();
    byte last = '\n';
    while (in.hasRemaining()) {
      byte octet = in.get();
      if (octet == '\n' && last != '\r') {
        to.put((byte) '\r');
      } else if (octet == '.' && last == '\n') {
        to.put((byte) '.');
      } else if (octet != '\n' && last == '\r') {
        to.put((byte) '\n');
      }
      to.put(octet);
      last = octet;
    }
    return to.position();
  }
}
