package io.github.reactivesmtp.client.bounds;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Runs in a JVM with little memory: one envelope to each server, and what became of it. */
final class SmallClient {

  /** Longer than anything takes here but what is to be cut off. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private static final int PIECE = 32 * 1024;
  private static final int PIECES_OF_A_GIBIBYTE = 32 * 1024;

  private final AtomicLong asked = new AtomicLong();
  private final Queue<Channel> channels = new ConcurrentLinkedQueue<>();

  private SmallClient() {}

  /**
   * What is printed of each, on one line.
   *
   * @param asked octets that were asked of a publisher
   * @param open connections left open when the result was there
   * @param heap octets in use after a collection
   * @param direct octets of Netty's direct memory in use
   */
  record Sent(
      String name, String outcome, long asked, int open, long heap, long direct, String cause) {

    private static final String MARK = "sent: ";

    String line() {
      return MARK
          + String.join(
              "|",
              name,
              outcome,
              Long.toString(asked),
              Integer.toString(open),
              Long.toString(heap),
              Long.toString(direct),
              cause.replaceAll("[|\\p{Cntrl}]", "?"));
    }

    /** Null for a line that is something else. */
    static @Nullable Sent of(String line) {
      if (!line.startsWith(MARK)) {
        return null;
      }
      String[] part = line.substring(MARK.length()).split("\\|", -1);
      return new Sent(
          part[0],
          part[1],
          Long.parseLong(part[2]),
          Integer.parseInt(part[3]),
          Long.parseLong(part[4]),
          Long.parseLong(part[5]),
          part[6]);
    }
  }

  /** Arguments: a name, a port, and {@code small} or {@code gibibyte}, again and again. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < args.length; i += 3) {
      Sent sent =
          new SmallClient()
              .send(args[i], Integer.parseInt(args[i + 1]), args[i + 2].equals("gibibyte"));
      System.out.println(sent.line());
    }
  }

  private Sent send(String name, int port, boolean gibibyte)
      throws IOException, InterruptedException {
    SmtpClient client =
        SmtpClient.builder("127.0.0.1", port)
            .tls(TlsMode.NONE)
            .maxAttempts(1)
            .pool(pool -> pool.maxConnections(1))
            .timeouts(
                t ->
                    t.greeting(PATIENCE)
                        .command(PATIENCE)
                        .dataInitiation(PATIENCE)
                        .dataBlock(PATIENCE)
                        .dataTermination(PATIENCE))
            .transport(
                tcp -> tcp.doOnChannelInit((observer, channel, peer) -> channels.add(channel)))
            .build();
    SendResult result = client.send(envelope(gibibyte)).block(Duration.ofSeconds(20));
    ring(port);
    int open = 0;
    for (Channel channel : channels) {
      open += channel.closeFuture().await(2, TimeUnit.SECONDS) ? 0 : 1;
    }
    // The next goes over another connection, as if nothing had been. An envelope that comes just
    // when a connection did not come about may still hear of that one.
    Outcome next = Outcome.NOT_SENT;
    for (int i = 0; i < 3 && next == Outcome.NOT_SENT; i++) {
      next = client.send(envelope(false)).map(SendResult::outcome).block(Duration.ofSeconds(20));
    }
    client.disposeLater().block(Duration.ofSeconds(10));
    System.gc();
    Runtime heap = Runtime.getRuntime();
    return new Sent(
        name,
        result.outcome() + ", then " + next,
        asked.get(),
        open,
        heap.totalMemory() - heap.freeMemory(),
        PlatformDependent.usedDirectMemory(),
        String.valueOf(result.cause()));
  }

  /** Tells the server that the result is there: a connection without a word. */
  private static void ring(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  private Envelope envelope(boolean gibibyte) {
    MessageBody body =
        gibibyte
            ? MessageBody.publisher(gibibyte())
            : MessageBody.text("Subject: x\r\n\r\n" + "x\r\n".repeat(20));
    return Envelope.builder().from("a@example.com").to("b@example.org").body(body).build();
  }

  private Flux<ByteBuf> gibibyte() {
    byte[] piece = new byte[PIECE];
    Arrays.fill(piece, (byte) 'x');
    for (int i = 64; i <= PIECE; i += 64) {
      piece[i - 2] = '\r';
      piece[i - 1] = '\n';
    }
    return Flux.range(0, PIECES_OF_A_GIBIBYTE)
        .doOnRequest(
            pieces -> asked.addAndGet(pieces > PIECES_OF_A_GIBIBYTE ? 1L << 30 : pieces * PIECE))
        .map(i -> Unpooled.copiedBuffer(piece));
  }
}
