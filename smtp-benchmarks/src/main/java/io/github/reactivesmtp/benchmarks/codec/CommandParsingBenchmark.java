package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.codec.CommandParser;
import io.github.reactivesmtp.codec.SmtpCommand;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The commands of a pipelined message as a server reads them; an operation is one command. No rival
 * has a parser of commands: they are clients.
 *
 * <p>Read the score: nanoseconds for a command. {@code gc.alloc.rate.norm} is octets for a command.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CommandParsingBenchmark {

  private static final int COMMANDS = 4;
  private static final String LINES =
      String.join(
          "\r\n",
          "RSET",
          "MAIL FROM:<news@shop.example.com> SIZE=10240 BODY=8BITMIME",
          "RCPT TO:<john.doe@mail.example.org>",
          "BDAT 10240 LAST",
          "");

  @Param Memory memory = Memory.DIRECT;

  private final CommandParser parser = new CommandParser();
  private ByteBuffer wire = ByteBuffer.allocate(0);

  /** Makes the lines, and sees that they are read as what they are. */
  @Setup
  public void fill() {
    wire = memory.of(LINES.getBytes(US_ASCII));
    StringBuilder read = new StringBuilder();
    SmtpCommand command = parser.parse(wire);
    while (command != null) {
      read.append(command).append("\r\n");
      command = parser.parse(wire);
    }
    if (!LINES.contentEquals(read)) {
      throw new IllegalStateException("read " + read);
    }
  }

  /** This library. */
  @Benchmark
  @OperationsPerInvocation(COMMANDS)
  public void commandParser(Blackhole hole) {
    ByteBuffer in = wire.rewind();
    SmtpCommand command = parser.parse(in);
    while (command != null) {
      hole.consume(command);
      command = parser.parse(in);
    }
  }
}
