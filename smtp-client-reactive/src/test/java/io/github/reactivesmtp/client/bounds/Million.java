package io.github.reactivesmtp.client.bounds;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import reactor.core.publisher.Flux;

/** Runs in a JVM with little memory: many envelopes, and what they took. */
final class Million {

  /** How often memory is looked at, in results. */
  private static final int LOOK = 1000;

  private final BitSet accepted = new BitSet();
  private long others;
  private long peakHeap;
  private long peakDirect;

  private Million() {}

  /** Arguments: a port, how many envelopes, and how to send them. */
  public static void main(String[] args) throws IOException {
    Pipelining mode = Pipelining.valueOf(args[2]);
    new Million().send(Integer.parseInt(args[0]), Integer.parseInt(args[1]), mode);
  }

  private void send(int port, int envelopes, Pipelining mode) throws IOException {
    SmtpClient client =
        SmtpClient.builder("127.0.0.1", port).tls(TlsMode.NONE).pipelining(mode).build();
    long start = System.nanoTime();
    client
        .sendAll(Flux.range(0, envelopes).map(Million::envelope))
        .doOnNext(this::note) // one after the other, as Flux has it
        .blockLast();
    double seconds = (System.nanoTime() - start) / 1e9;
    client.disposeLater().block();
    System.out.printf(
        "million, %s: accepted %d, others %d, %.0f messages/s, heap after collections at most %d,"
            + " direct memory at most %d, resident %s%n",
        mode,
        accepted.cardinality(),
        others,
        envelopes / seconds,
        peakHeap,
        peakDirect,
        resident());
  }

  private static Envelope envelope(int id) {
    return Envelope.builder()
        .from("news@example.com")
        .to("r" + id + "@example.org")
        .body(MessageBody.text("Subject: News\r\n\r\nNumber " + id + "\r\n" + "word ".repeat(12)))
        .tag(id)
        .build();
  }

  private void note(SendResult result) {
    int id = (Integer) result.envelope().tag();
    if (result.isAccepted() && !accepted.get(id)) {
      accepted.set(id);
    } else {
      others++;
    }
    if (id % LOOK == 0) {
      long heap = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
          heap += pool.getCollectionUsage().getUsed();
        }
      }
      peakHeap = Math.max(peakHeap, heap);
      peakDirect = Math.max(peakDirect, PlatformDependent.usedDirectMemory());
    }
  }

  /** The most memory the process had, as Linux tells it. */
  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return "unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> line.substring("VmHWM:".length()).strip())
        .findFirst()
        .orElse("unknown");
  }
}
