package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.DotStuffing.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.net.io.DotTerminatedMessageWriter;
import org.eclipse.angus.mail.smtp.SMTPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Content made ready for DATA: dots stuffed, line ends seen to, into other memory. Rivals: the
 * output stream of Angus Mail; commons-net's writer, which takes characters, so it gets them ready
 * made; NioSmtpClient, whose result is a new Netty buffer that shares what it need not change.
 * Netty's codec-smtp does not stuff dots.
 *
 * <p>Read {@code gbPerSecond}: GB/s of content before it is stuffed.
 */
public class DotStuffingBenchmark extends ContentBenchmark {

  private byte[] octets = new byte[0];
  private char[] characters = new char[0];
  private ByteBuffer content = ByteBuffer.allocate(0);
  private ByteBuf nettyContent = Unpooled.EMPTY_BUFFER;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private OctetSink sink = new OctetSink(out);

  /** Makes the content, and sees that all stuff it alike. */
  @Setup
  public void fill() throws IOException {
    octets = octets();
    characters = new String(octets, ISO_8859_1).toCharArray();
    content = memory.of(octets);
    nettyContent = Unpooled.wrappedBuffer(content);
    out = memory.allocate(DotStuffing.maxStuffedLength(size) + DotStuffing.MAX_TERMINATOR);
    sink = new OctetSink(out);
    byte[] terminated = stuffed(octets);
    byte[] expected = Arrays.copyOf(terminated, terminated.length - 3);
    stuff();
    requireSame("this library", expected, sink.octets());
    angus();
    requireSame("Angus Mail", expected, sink.octets());
    commonsNet();
    requireSame("commons-net", terminated, sink.octets());
    ByteBuf nio = nio();
    requireSame("NioSmtpClient", expected, ByteBufUtil.getBytes(nio));
    nio.release();
  }

  /** This library. */
  @Benchmark
  public State stuff(Throughput throughput) {
    throughput.add(size);
    return stuff();
  }

  private State stuff() {
    return DotStuffing.stuff(content.rewind(), out.clear(), State.START, BareNewlines.NORMALISE);
  }

  /** Angus Mail, from an array. */
  @Benchmark
  public int angusMail(Throughput throughput) throws IOException {
    throughput.add(size);
    return angus();
  }

  private int angus() throws IOException {
    SMTPOutputStream stream = new SMTPOutputStream(sink.clear());
    stream.write(octets, 0, octets.length);
    stream.ensureAtBOL();
    return sink.size();
  }

  /** Apache Commons Net, from characters, buffered as its client does, terminator included. */
  @Benchmark
  public int commonsNet(Throughput throughput) throws IOException {
    throughput.add(size);
    return commonsNet();
  }

  private int commonsNet() throws IOException {
    try (Writer writer =
        new DotTerminatedMessageWriter(
            new BufferedWriter(new OutputStreamWriter(sink.clear(), ISO_8859_1)))) {
      writer.write(characters);
    }
    return sink.size();
  }

  /** HubSpot's NioSmtpClient, whose result shares memory with the content. */
  @Benchmark
  public int nioSmtpClient(Throughput throughput) {
    throughput.add(size);
    ByteBuf stuffed = nio();
    int length = stuffed.readableBytes();
    stuffed.release();
    return length;
  }

  private ByteBuf nio() {
    nettyContent.retain();
    return (ByteBuf)
        MessageContent.of(nettyContent, MessageContentEncoding.SEVEN_BIT).getDotStuffedContent();
  }
}
