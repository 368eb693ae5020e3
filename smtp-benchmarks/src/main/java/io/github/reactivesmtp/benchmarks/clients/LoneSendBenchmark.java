package io.github.reactivesmtp.benchmarks.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.benchmarks.peers.MailText;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.testkit.CountingSink;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one message takes on a warm connection that does nothing else: ours, and a blocking
 * socket that writes the same octets and reads the same replies. Both over the loopback to the
 * testkit's server in the same JVM, so both pay for its thread.
 */
@SuppressWarnings("NullAway.Init") // by @Setup
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class LoneSendBenchmark {

  private static final int IN_A_ROW = 1000;

  private SmtpServer server;
  private SmtpClient client;
  private Envelope envelope;
  private Socket socket;
  private OutputStream out;
  private BufferedReader in;
  private byte[] group;

  /** Connects both, and sends a message by each. */
  @Setup
  public void connect() throws IOException {
    server = SmtpServer.builder().sink(new CountingSink()).transcript(false).start();
    byte[] content = MailText.of(1024).octets();
    envelope =
        Envelope.builder()
            .from("sender@example.com")
            .to("rcpt@example.com")
            .body(MessageBody.bytes(content))
            .build();
    client =
        SmtpClient.builder(server.host(), server.port())
            .tls(TlsMode.NONE)
            .pool(pool -> pool.maxConnections(1))
            .build();
    socket = new Socket(server.host(), server.port());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    reply();
    out.write("EHLO me.example\r\n".getBytes(US_ASCII));
    reply();
    String commands =
        "MAIL FROM:<sender@example.com> SIZE=%1$d\r\nRCPT TO:<rcpt@example.com>\r\nBDAT %1$d LAST\r\n"
            .formatted(content.length);
    byte[] start = commands.getBytes(US_ASCII);
    group = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, group, start.length, content.length);
    SendResult first = sendAndBlock();
    require(blockingSocket() == 250 && first != null && first.isAccepted());
  }

  /** Ends all. */
  @TearDown
  public void close() throws IOException {
    client.disposeLater().block();
    socket.close();
    server.close();
  }

  /** The hand-written rival. */
  @Benchmark
  public int blockingSocket() throws IOException {
    out.write(group);
    reply();
    reply();
    return reply();
  }

  /** Ours from a thread that waits: two hops between threads more than the rival. */
  @Benchmark
  public @Nullable SendResult sendAndBlock() {
    return client.send(envelope).block();
  }

  /** Ours as it is meant to be used: the next is sent when the result of the last is there. */
  @Benchmark
  @OperationsPerInvocation(IN_A_ROW)
  public @Nullable SendResult sendOnResult() {
    return client.send(envelope).repeat(IN_A_ROW - 1).blockLast();
  }

  private int reply() throws IOException {
    String line;
    do {
      line = in.readLine();
      require(line != null && line.length() >= 4);
    } while (line.charAt(3) == '-');
    return Integer.parseInt(line.substring(0, 3));
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("The server did not answer as it should.");
    }
  }
}
