package io.github.reactivesmtp.benchmarks.codec;

import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.DotStuffing.State;
import io.github.reactivesmtp.codec.LineEndings;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.commons.net.io.ToNetASCIIOutputStream;
import org.eclipse.angus.mail.util.CRLFOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Content made ready for BDAT, into other memory: every line end becomes CR LF. Rivals: the CRLF
 * streams of Angus Mail and commons-net. Netty's codec-smtp and NioSmtpClient leave line ends
 * alone.
 *
 * <p>Read {@code gbPerSecond}: GB/s of content before.
 */
public class LineEndingsBenchmark extends ContentBenchmark {

  /** How lines end. */
  public enum Newline {
    /** As they should: nothing is to be done. */
    CRLF,
    /** As on a Unix disk: a CR is missing in each line. */
    LF
  }

  @Param Newline newline = Newline.CRLF;

  private byte[] octets = new byte[0];
  private ByteBuffer content = ByteBuffer.allocate(0);
  private ByteBuffer out = ByteBuffer.allocate(0);
  private OctetSink sink = new OctetSink(out);

  /** Makes the content, and sees that all make the same of it. */
  @Setup
  public void fill() throws IOException {
    octets = newline == Newline.LF ? unixOctets() : octets();
    content = memory.of(octets);
    out = memory.allocate(DotStuffing.maxStuffedLength(size));
    sink = new OctetSink(out);
    byte[] expected = octets();
    normalise();
    requireSame("this library", expected, sink.octets());
    angus();
    requireSame("Angus Mail", expected, sink.octets());
    commonsNet();
    requireSame("commons-net", expected, sink.octets());
  }

  /** This library. */
  @Benchmark
  public State normalise(Throughput throughput) {
    throughput.add(octets.length);
    return normalise();
  }

  private State normalise() {
    return LineEndings.normalise(
        content.rewind(), out.clear(), State.START, BareNewlines.NORMALISE);
  }

  /** Angus Mail, from an array. */
  @Benchmark
  public int angusMail(Throughput throughput) throws IOException {
    throughput.add(octets.length);
    return angus();
  }

  private int angus() throws IOException {
    CRLFOutputStream stream = new CRLFOutputStream(sink.clear());
    stream.write(octets, 0, octets.length);
    return sink.size();
  }

  /** Apache Commons Net, from an array. */
  @Benchmark
  public int commonsNet(Throughput throughput) throws IOException {
    throughput.add(octets.length);
    return commonsNet();
  }

  private int commonsNet() throws IOException {
    ToNetASCIIOutputStream stream = new ToNetASCIIOutputStream(sink.clear());
    stream.write(octets, 0, octets.length);
    return sink.size();
  }
}
