package io.github.reactivesmtp.benchmarks.clients;

import io.github.reactivesmtp.testkit.ContentDigest;
import io.github.reactivesmtp.testkit.DigestSink;
import io.github.reactivesmtp.testkit.MessageSink;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** The testkit's server as a sink, in a JVM of its own. Ends when its input does. */
final class SinkMain {

  private SinkMain() {}

  /**
   * Runs it.
   *
   * @param arguments the port, and the {@link Peer.Content} that the digest is to be of
   */
  public static void main(String[] arguments) throws IOException {
    Peer.Content content = Peer.Content.valueOf(arguments[1]);
    LongAdder recipients = new LongAdder();
    ContentDigest texts = new ContentDigest();
    DigestSink messages = new DigestSink();
    MessageSink sink =
        message -> {
          recipients.add(message.recipients().size());
          if (content == Peer.Content.TEXT) {
            texts.add(text(message));
          } else {
            messages.accept(message);
          }
        };
    SmtpServer server =
        SmtpServer.builder()
            .port(Integer.parseInt(arguments[0]))
            .sink(sink)
            .transcript(false)
            .start();
    while (System.in.read() >= 0) {
      // Nothing is expected but its end.
    }
    ContentDigest digest = content == Peer.Content.TEXT ? texts : messages.digest();
    System.out.printf(
        "{\"msgs\":%d,\"rcpts\":%d,\"octets\":%d,\"digest\":\"%s\"}%n",
        server.accepted(), recipients.sum(), digest.octets(), digest.hex());
    server.failures().forEach(System.err::println);
    System.exit(0);
  }

  /** What comes after the header and the empty line. */
  static ByteBuffer text(ReceivedMessage message) {
    ByteBuffer content = message.contentBuffer();
    for (int i = 3; i < content.limit(); i++) {
      if (content.get(i) == '\n' && content.get(i - 2) == '\n' && content.get(i - 1) == '\r') {
        return content.position(i + 1);
      }
    }
    return content.position(content.limit());
  }
}
