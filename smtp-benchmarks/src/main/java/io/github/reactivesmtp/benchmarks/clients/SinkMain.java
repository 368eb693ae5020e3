package io.github.reactivesmtp.benchmarks.clients;

import io.github.reactivesmtp.testkit.ContentDigest;
import io.github.reactivesmtp.testkit.DigestSink;
import io.github.reactivesmtp.testkit.MessageSink;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * The testkit's server as a sink, in a JVM of its own. Prints a line of JSON with its port, and one
 * for each line of its input: {@code stats} for what it holds, or a {@link Peer.Content} to hold
 * nothing any more and have a digest of that. Ends when its input does.
 */
final class SinkMain implements MessageSink {

  private static final class Held {

    final Peer.Content content;
    final LongAdder recipients = new LongAdder();
    final DigestSink messages = new DigestSink();
    final ContentDigest texts = new ContentDigest();

    Held(Peer.Content content) {
      this.content = content;
    }

    String stats() {
      ContentDigest digest = content == Peer.Content.TEXT ? texts : messages.digest();
      return "{\"msgs\":%d,\"rcpts\":%d,\"octets\":%d,\"digest\":\"%s\"}"
          .formatted(digest.count(), recipients.sum(), digest.octets(), digest.hex());
    }
  }

  private volatile Held held = new Held(Peer.Content.WHOLE);

  private SinkMain() {}

  @Override
  public void accept(ReceivedMessage message) {
    Held now = held;
    now.recipients.add(message.recipients().size());
    if (now.content == Peer.Content.TEXT) {
      now.texts.add(text(message));
    } else {
      now.messages.accept(message);
    }
  }

  private String answer(String question) {
    if (question.equals("stats")) {
      return held.stats();
    }
    held = new Held(Peer.Content.valueOf(question));
    return held.stats();
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

  public static void main(String[] arguments) throws IOException {
    SinkMain sink = new SinkMain();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (SmtpServer server = SmtpServer.builder().sink(sink).transcript(false).start()) {
      System.out.println("{\"port\":" + server.port() + "}");
      questions.lines().map(sink::answer).forEach(System.out::println);
      server.failures().forEach(System.err::println);
    }
  }
}
