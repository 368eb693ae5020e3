package io.github.reactivesmtp.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.smtp.SmtpResponseDecoder;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The replies to a pipelined message as they come in one read; an operation is one reply. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReplyParserBenchmark {

  private static final int REPLIES = 4;

  /** What the server says. */
  public enum Corpus {
    /** The same for every message. */
    SAME("250 2.0.0 Ok"),
    /** As Postfix: the last reply has a queue id. */
    QUEUE_ID("250 2.0.0 Ok: queued as 4c0PqZ0abcdz9");

    private final String lastReply;

    Corpus(String lastReply) {
      this.lastReply = lastReply;
    }

    byte[] wire() {
      String[] replies = {
        "250 2.1.0 Ok", "250 2.1.5 Ok", "354 End data with <CR><LF>.<CR><LF>", lastReply, ""
      };
      return String.join("\r\n", replies).getBytes(US_ASCII);
    }
  }

  @Param Corpus corpus = Corpus.SAME;

  private ByteBuffer direct = ByteBuffer.allocate(0);
  private ByteBuf netty = Unpooled.EMPTY_BUFFER;
  private final ReplyParser parser = new ReplyParser();
  private final EmbeddedChannel channel = new EmbeddedChannel(new SmtpResponseDecoder(2048));
  private int messages;

  /** Puts the replies where a transport would: into direct memory. */
  @Setup
  public void fill() {
    byte[] wire = corpus.wire();
    direct = ByteBuffer.allocateDirect(wire.length).put(wire).flip();
    netty = Unpooled.wrappedBuffer(direct);
  }

  /** Ends the rival's channel. */
  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
  }

  /** Gives each message another queue id. */
  private void nextMessage() {
    if (corpus == Corpus.QUEUE_ID) {
      messages++;
      int idEnd = direct.limit() - 2;
      for (int digit = 1; digit <= 4; digit++) {
        direct.put(idEnd - digit, (byte) ('a' + ((messages >> (4 * (digit - 1))) & 0xF)));
      }
    }
  }

  /** This library. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void replyParser(Blackhole hole) {
    nextMessage();
    ByteBuffer in = direct.rewind();
    SmtpReply reply = parser.parse(in);
    while (reply != null) {
      hole.consume(reply);
      reply = parser.parse(in);
    }
  }

  /** Netty's codec-smtp; the time includes its channel's pipeline. */
  @Benchmark
  @OperationsPerInvocation(REPLIES)
  public void nettySmtpResponseDecoder(Blackhole hole) {
    nextMessage();
    channel.writeInbound(netty.retainedDuplicate());
    Object reply = channel.readInbound();
    while (reply != null) {
      hole.consume(reply);
      reply = channel.readInbound();
    }
  }
}
