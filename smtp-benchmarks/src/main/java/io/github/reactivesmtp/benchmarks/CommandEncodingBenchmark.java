package io.github.reactivesmtp.benchmarks;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.smtp.SmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequestEncoder;
import io.netty.handler.codec.smtp.SmtpRequests;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** MAIL, RCPT and DATA of a message whose addresses are known; an operation is one command. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandEncodingBenchmark {

  private static final int COMMANDS = 3;
  private static final String SENDER = "news@shop.example.com";
  private static final String RECIPIENT = "john.doe@mail.example.org";

  private final MailAddress sender = MailAddress.parse(SENDER);
  private final MailAddress recipient = MailAddress.parse(RECIPIENT);
  private final ByteBuffer out = ByteBuffer.allocateDirect(512);
  private final EmbeddedChannel channel = new EmbeddedChannel(new SmtpRequestEncoder());
  private final SmtpCommand[] made = commands();
  private final SmtpRequest[] nettyMade = nettyRequests();
  private long size = 10_000;

  private SmtpCommand[] commands() {
    return new SmtpCommand[] {
      new SmtpCommand.Mail(sender, MailParameters.builder().size(++size).build()),
      new SmtpCommand.Rcpt(recipient),
      SmtpCommand.DATA
    };
  }

  private SmtpRequest[] nettyRequests() {
    return new SmtpRequest[] {
      SmtpRequests.mail(SENDER, "SIZE=" + ++size), SmtpRequests.rcpt(RECIPIENT), SmtpRequests.data()
    };
  }

  /** Ends the rival's channel. */
  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
  }

  /** Writing commands that exist. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public int write() {
    return write(made);
  }

  /** Making the commands and writing them, as for each message. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public int makeAndWrite() {
    return write(commands());
  }

  private int write(SmtpCommand[] commands) {
    out.clear();
    for (SmtpCommand command : commands) {
      command.writeTo(out);
    }
    return out.position();
  }

  /** Netty's codec-smtp, writing requests that exist; the time includes its channel's pipeline. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void nettyWrite(Blackhole hole) {
    nettyWrite(nettyMade, hole);
  }

  /** Netty's codec-smtp, making the requests too. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void nettyMakeAndWrite(Blackhole hole) {
    nettyWrite(nettyRequests(), hole);
  }

  private void nettyWrite(SmtpRequest[] requests, Blackhole hole) {
    channel.writeOutbound((Object[]) requests);
    ByteBuf written = channel.readOutbound();
    while (written != null) {
      hole.consume(written.readableBytes());
      written.release();
      written = channel.readOutbound();
    }
  }
}
