package io.github.reactivesmtp.interop;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Envelopes, and the copies that are to arrive of each. All addresses are at example.test. */
final class Mail {

  private static final long SEED = 5321;
  private static final int LINES = 40;
  private static final List<String> STARTS = List.of("", ".", "..", "QUIT ", "From ", "x");

  private Mail() {}

  /** A small message. */
  static Envelope envelope(String sender, String... recipients) {
    return builder(sender, recipients).build();
  }

  static Envelope.Builder builder(String sender, String... recipients) {
    return Envelope.builder()
        .from(address(sender))
        .to(Stream.of(recipients).map(Mail::address).toArray(String[]::new))
        .body(MessageBody.text("Subject: of " + sender + "\r\n\r\nText\r\n"))
        .tag(sender);
  }

  /**
   * Messages to one recipient each, of different sizes and with all that has to be looked after:
   * dots, empty lines, octets above 127. Their tags are their senders.
   */
  static List<Envelope> many(int count, String recipient) {
    Random random = new Random(SEED);
    List<Envelope> envelopes = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      envelopes.add(builder("sender" + i, recipient).body(content(random, "no. " + i)).build());
    }
    return envelopes;
  }

  /** What is to arrive, one copy a recipient. */
  static List<DeliveredMessage> copies(Envelope envelope) {
    if (!(envelope.body() instanceof MessageBody.InMemory body)) {
      throw new IllegalArgumentException("content that is not in memory");
    }
    String content = new String(body.octets(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    String sender = String.valueOf(envelope.reversePath());
    return envelope.recipients().stream()
        .map(to -> new DeliveredMessage(sender, to.address().toString(), content))
        .toList();
  }

  static List<DeliveredMessage> copies(List<Envelope> envelopes) {
    return envelopes.stream().flatMap(envelope -> copies(envelope).stream()).toList();
  }

  static String address(String localPart) {
    return localPart + "@example.test";
  }

  private static MessageBody content(Random random, String subject) {
    StringBuilder text = new StringBuilder("Subject: " + subject + "\r\n\r\n");
    for (int lines = random.nextInt(LINES); lines >= 0; lines--) {
      text.append(STARTS.get(random.nextInt(STARTS.size())));
      text.append("é".repeat(random.nextInt(2))).append("x".repeat(random.nextInt(120)));
      text.append("\r\n");
    }
    return MessageBody.text(text.append(".\r\n").toString());
  }
}
