package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** A body of 1 GiB goes through a JVM that has 64 MiB, because nothing piles up on the way. */
@Timeout(300)
class HugeBodyIT {

  private static final int PIECE = 32 * 1024;
  private static final int PIECES = 32 * 1024;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGibibyteGoesThroughASmallHeap(boolean chunking) throws Exception {
    try (CountingServer server = new CountingServer(chunking)) {
      String output = ForkedJvm.run("-Xmx64m", Sender.class, Integer.toString(server.port()));

      assertThat(output).contains("outcome ACCEPTED");
      assertThat(server.contentOctets()).isEqualTo((long) PIECE * PIECES);
    }
  }

  /** Runs in the small JVM. */
  static final class Sender {

    public static void main(String[] args) {
      byte[] line = new byte[64];
      Arrays.fill(line, (byte) 'x');
      line[62] = '\r';
      line[63] = '\n';
      byte[] piece = new byte[PIECE];
      for (int i = 0; i < PIECE; i += line.length) {
        System.arraycopy(line, 0, piece, i, line.length);
      }
      // A source as fast as it gets: only the client's demand keeps it from filling the heap.
      Flux<ByteBuf> body = Flux.range(0, PIECES).map(i -> Unpooled.copiedBuffer(piece));
      SmtpClient client =
          SmtpClient.builder("127.0.0.1", Integer.parseInt(args[0])).tls(TlsMode.NONE).build();
      SendResult result =
          client
              .send(
                  Envelope.builder()
                      .from("a@example.com")
                      .to("b@example.com")
                      .body(MessageBody.publisher(body))
                      .build())
              .block(Duration.ofMinutes(4));
      System.out.println("outcome " + result.outcome() + " " + result.cause());
      client.disposeLater().block(Duration.ofSeconds(10));
    }
  }

  /** Takes one connection and counts the content, keeping none of it. */
  private static final class CountingServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final boolean chunking;
    private final CompletableFuture<Long> octets = new CompletableFuture<>();

    CountingServer(boolean chunking) throws IOException {
      this.chunking = chunking;
      Thread thread = new Thread(this::serve, "counting-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    long contentOctets() throws Exception {
      return octets.get(10, TimeUnit.SECONDS);
    }

    private void serve() {
      try (Socket socket = listener.accept();
          InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
          OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
        say(out, "220 mx.example");
        long total = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
          if (line.startsWith("EHLO")) {
            say(
                out,
                "250-mx.example\r\n250-8BITMIME\r\n"
                    + (chunking ? "250-CHUNKING\r\n" : "")
                    + "250 PIPELINING");
          } else if (line.startsWith("BDAT")) {
            long size = Long.parseLong(line.split(" ", -1)[1]);
            in.skipNBytes(size);
            total += size;
            say(out, "250 ok");
            if (line.endsWith("LAST")) {
              octets.complete(total);
            }
          } else if (line.equals("DATA")) {
            say(out, "354 go");
            octets.complete(countToDot(in));
            say(out, "250 ok");
          } else {
            say(out, line.equals("QUIT") ? "221 bye" : "250 ok");
          }
        }
      } catch (IOException | RuntimeException error) {
        octets.completeExceptionally(error);
      }
    }

    /**
     * The test's content has lines of one length, so the line of the dot is found by its length.
     */
    private static long countToDot(InputStream in) throws IOException {
      long total = 0;
      byte[] line = new byte[64];
      while (in.readNBytes(line, 0, 3) == 3 && line[0] != '.') {
        in.readNBytes(line, 3, 61);
        total += 64;
      }
      return total;
    }

    private static String readLine(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      int octet;
      while ((octet = in.read()) != '\n' && octet != -1) {
        line.append((char) octet);
      }
      return line.toString().strip();
    }

    private static void say(OutputStream out, String reply) throws IOException {
      out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
