package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.hubspot.smtp.client.Utf8SmtpResponseDecoder;
import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.smtp.SmtpResponse;
import io.netty.handler.codec.smtp.SmtpResponseDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.smtp.SMTPClient;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A read's worth of replies; an operation is one reply, read to its code. Rivals: the decoders of
 * Netty's codec-smtp and of NioSmtpClient, whose time includes that of a channel's pipeline, and
 * commons-net, reading from a stream in memory. Angus Mail's reader can't be had without a
 * connection.
 *
 * <p>Read the score: nanoseconds for a reply. {@code gc.alloc.rate.norm} is octets for a reply.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyParsingBenchmark {

  private static final int REPLIES = 64;

  /** What the server says. */
  public enum Said {
    /** One text again and again. */
    SAME,
    /** What Postfix says to MAIL, RCPT and DATA, and a last reply that does not change. */
    DIALOGUE,
    /** A queue id that is another one each time. */
    QUEUE_ID;

    String reply(int number) {
      return switch (this) {
        case SAME -> "250 2.1.5 Ok";
        case DIALOGUE ->
            switch (number % 4) {
              case 0 -> "250 2.1.0 Ok";
              case 1 -> "250 2.1.5 Ok";
              case 2 -> "354 End data with <CR><LF>.<CR><LF>";
              default -> "250 2.0.0 Ok";
            };
        case QUEUE_ID -> "250 2.0.0 Ok: queued as " + queueId(number);
      };
    }

    private static String queueId(int number) {
      long mixed = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
      return "4" + String.format("%016X", mixed).substring(0, 11);
    }
  }

  @Param Said said = Said.SAME;

  @Param Memory memory = Memory.HEAP;

  private ByteBuffer wire = ByteBuffer.allocate(0);
  private ByteBuf netty = Unpooled.EMPTY_BUFFER;
  private final ReplyParser parser = new ReplyParser();
  private final EmbeddedChannel channel = new EmbeddedChannel(new SmtpResponseDecoder(2048));
  private final EmbeddedChannel nioChannel = new EmbeddedChannel(new Utf8SmtpResponseDecoder(2048));
  private final SMTPClient commonsNet = new SMTPClient();

  /** Puts the replies where a transport would, and sees that all read the same codes and texts. */
  @Setup
  public void fill() throws IOException {
    StringBuilder replies = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < REPLIES; i++) {
      replies.append(said.reply(i)).append("\r\n");
      expected.add(said.reply(i));
    }
    byte[] octets = replies.toString().getBytes(US_ASCII);
    wire = memory.of(octets);
    netty = Unpooled.wrappedBuffer(wire);
    commonsNet.setSocketFactory(new ReplayingSocketFactory("220 ready\r\n", octets));
    commonsNet.connect("localhost");

    List<String> ours = new ArrayList<>();
    ByteBuffer in = wire.rewind();
    for (SmtpReply reply = parser.parse(in); reply != null; reply = parser.parse(in)) {
      ours.add(reply.toString());
    }
    requireSame("this library", expected, ours);
    requireSame("Netty", expected, readThrough(channel));
    requireSame("NioSmtpClient", expected, readThrough(nioChannel));
    List<String> commons = new ArrayList<>();
    for (int i = 0; i < REPLIES; i++) {
      commonsNet.getReply();
      commons.add(commonsNet.getReplyStrings()[0]);
    }
    requireSame("commons-net", expected, commons);
  }

  private List<String> readThrough(EmbeddedChannel decoder) {
    List<String> read = new ArrayList<>();
    decoder.writeInbound(netty.retainedDuplicate());
    for (SmtpResponse reply = decoder.readInbound(); reply != null; reply = decoder.readInbound()) {
      read.add(reply.code() + " " + reply.details().get(0));
    }
    return read;
  }

  private static void requireSame(String who, List<String> expected, List<String> read) {
    if (!expected.equals(read)) {
      throw new IllegalStateException(who + " read " + read);
    }
  }

  /** Ends the rivals. */
  @TearDown
  public void close() throws IOException {
    channel.finishAndReleaseAll();
    nioChannel.finishAndReleaseAll();
    commonsNet.disconnect();
  }

  /** This library. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void replyParser(Blackhole hole) {
    ByteBuffer in = wire.rewind();
    SmtpReply reply = parser.parse(in);
    while (reply != null) {
      hole.consume(reply.code());
      hole.consume(reply);
      reply = parser.parse(in);
    }
  }

  /** Netty's codec-smtp. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void nettySmtpResponseDecoder(Blackhole hole) {
    decode(channel, hole);
  }

  /** NioSmtpClient. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void nioSmtpClient(Blackhole hole) {
    decode(nioChannel, hole);
  }

  private void decode(EmbeddedChannel decoder, Blackhole hole) {
    decoder.writeInbound(netty.retainedDuplicate());
    SmtpResponse reply = decoder.readInbound();
    while (reply != null) {
      hole.consume(reply.code());
      hole.consume(reply);
      reply = decoder.readInbound();
    }
  }

  /** Apache Commons Net. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void commonsNet(Blackhole hole) throws IOException {
    for (int i = 0; i < REPLIES; i++) {
      hole.consume(commonsNet.getReply());
    }
  }
}
