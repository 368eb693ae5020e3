package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.hubspot.smtp.client.Utf8SmtpRequestEncoder;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.smtp.DefaultSmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequestEncoder;
import io.netty.handler.codec.smtp.SmtpRequests;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

/**
 * Writing a command; an operation is one command. Rivals: the encoders of Netty's codec-smtp and of
 * NioSmtpClient, whose time includes that of a channel's pipeline. Angus Mail and commons-net have
 * no encoder that stands alone: they join strings and write them to the connection.
 *
 * <p>Read the score: nanoseconds for a command. {@code gc.alloc.rate.norm} is octets for a command.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandEncodingBenchmark {

  private static final int COMMANDS = 64;
  private static final String SENDER = "news@shop.example.com";
  private static final String RECIPIENT = "john.doe@mail.example.org";

  /** Which command. */
  public enum Which {
    MAIL,
    RCPT,
    BDAT;

    /** Another one each time, by a number. */
    SmtpCommand make(MailAddress sender, MailAddress recipient, int size) {
      return switch (this) {
        case MAIL ->
            new SmtpCommand.Mail(
                sender, MailParameters.builder().size(size).body(BodyType.EIGHT_BIT_MIME).build());
        case RCPT -> new SmtpCommand.Rcpt(recipient);
        case BDAT -> new SmtpCommand.Bdat(size, true);
      };
    }

    SmtpRequest netty(int size) {
      return switch (this) {
        case MAIL -> SmtpRequests.mail(SENDER, "SIZE=" + size, "BODY=8BITMIME");
        case RCPT -> SmtpRequests.rcpt(RECIPIENT);
        case BDAT ->
            new DefaultSmtpRequest(
                io.netty.handler.codec.smtp.SmtpCommand.valueOf("BDAT"),
                Integer.toString(size),
                "LAST");
      };
    }
  }

  @Param Which which = Which.MAIL;

  @Param Memory memory = Memory.DIRECT;

  private final MailAddress sender = MailAddress.parse(SENDER);
  private final MailAddress recipient = MailAddress.parse(RECIPIENT);
  private final SmtpCommand[] made = new SmtpCommand[COMMANDS];
  private final SmtpRequest[] nettyMade = new SmtpRequest[COMMANDS];
  private final EmbeddedChannel channel = new EmbeddedChannel(new SmtpRequestEncoder());
  private final EmbeddedChannel nioChannel = new EmbeddedChannel(new Utf8SmtpRequestEncoder());
  private ByteBuffer out = ByteBuffer.allocate(0);

  /** Makes the commands, and sees that all write the same line. */
  @Setup
  public void fill() {
    out = memory.allocate(COMMANDS * 128);
    for (int i = 0; i < COMMANDS; i++) {
      made[i] = which.make(sender, recipient, 10_000 + i);
      nettyMade[i] = which.netty(10_000 + i);
    }
    made[0].writeTo(out);
    byte[] expected = new byte[out.position()];
    out.get(0, expected);
    requireSame("Netty", expected, channel);
    requireSame("NioSmtpClient", expected, nioChannel);
  }

  private void requireSame(String who, byte[] expected, EmbeddedChannel encoder) {
    encoder.writeOutbound(nettyMade[0]);
    StringBuilder written = new StringBuilder();
    ByteBuf part = encoder.readOutbound();
    while (part != null) {
      written.append(part.toString(US_ASCII));
      part.release();
      part = encoder.readOutbound();
    }
    if (!Arrays.equals(expected, written.toString().getBytes(US_ASCII))) {
      throw new IllegalStateException(who + " writes " + written);
    }
  }

  /** Ends the rivals' channels. */
  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
    nioChannel.finishAndReleaseAll();
  }

  /** Writing commands that exist. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public int write() {
    out.clear();
    for (SmtpCommand command : made) {
      command.writeTo(out);
    }
    return out.position();
  }

  /** Making the commands of known addresses and writing them, as for each message. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public int makeAndWrite() {
    out.clear();
    for (int i = 0; i < COMMANDS; i++) {
      which.make(sender, recipient, 10_000 + i).writeTo(out);
    }
    return out.position();
  }

  /** Netty's codec-smtp, writing requests that exist. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void nettyWrite(Blackhole hole) {
    write(channel, hole);
  }

  /** NioSmtpClient, writing requests that exist. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void nioSmtpClientWrite(Blackhole hole) {
    write(nioChannel, hole);
  }

  private void write(EmbeddedChannel encoder, Blackhole hole) {
    encoder.writeOutbound((Object[]) nettyMade);
    ByteBuf written = encoder.readOutbound();
    while (written != null) {
      hole.consume(written.readableBytes());
      written.release();
      written = encoder.readOutbound();
    }
  }
}
