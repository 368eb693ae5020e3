package io.github.reactivesmtp.client.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Envelopes that are told by their number alone: it stands in the tag, in each address and in the
 * content, and what the content must be can be made anew from it.
 */
final class SoakMail {

  /** The most recipients an envelope has. */
  static final int MAX_RECIPIENTS = 5;

  private static final int LINE = 64;
  private static final int TEXT_LINES = 4096;

  /** One content in so many is larger than what a session writes at once. */
  private static final int BIG = 512;

  private static final int MIN_OCTETS = 200;
  private static final int MAX_OCTETS = 8 * 1024;
  private static final int BIG_OCTETS = 200 * 1024;

  /** Pieces of a content that comes from a publisher. */
  private static final int PIECE = 1500;

  private final long seed;
  private final byte[] text;

  SoakMail(long seed) {
    this.seed = seed;
    this.text = text(new SplittableRandom(seed));
  }

  /** Lines of one length; every eighth begins with a dot, every sixteenth with two. */
  private static byte[] text(SplittableRandom random) {
    byte[] text = new byte[TEXT_LINES * LINE];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(26));
    }
    for (int line = 0; line < TEXT_LINES; line++) {
      int start = line * LINE;
      if (line % 8 == 0) {
        text[start] = '.';
        text[start + 1] = line % 16 == 0 ? (byte) '.' : text[start + 1];
      }
      text[start + LINE - 2] = '\r';
      text[start + LINE - 1] = '\n';
    }
    return text;
  }

  private SplittableRandom random(int id) {
    return new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * (id + 1)));
  }

  /** How many recipients an envelope has, 1 to {@link #MAX_RECIPIENTS}. */
  int recipients(int id) {
    return 1 + random(id).nextInt(MAX_RECIPIENTS);
  }

  /** Its sender. */
  static String sender(int id) {
    return "s" + id + "@example.com";
  }

  /** Its recipient of this index, from 0. */
  static String recipient(int id, int index) {
    return "r" + id + "." + index + "@example.org";
  }

  /** Its content. */
  byte[] content(int id) {
    SplittableRandom random = random(id).split();
    byte[] header = ("X-Number: " + id + "\r\nSubject: soak\r\n\r\n").getBytes(US_ASCII);
    int size =
        id % BIG == BIG - 1 ? BIG_OCTETS : MIN_OCTETS + random.nextInt(MAX_OCTETS - MIN_OCTETS);
    int octets = (size - header.length) / LINE * LINE;
    int from = random.nextInt((text.length - octets) / LINE + 1) * LINE;
    byte[] content = new byte[header.length + octets];
    System.arraycopy(header, 0, content, 0, header.length);
    System.arraycopy(text, from, content, header.length, octets);
    return content;
  }

  /** The envelope of this number. */
  Envelope envelope(int id) {
    Envelope.Builder envelope = Envelope.builder().from(sender(id)).tag(id).body(body(id));
    for (int i = recipients(id) - 1; i >= 0; i--) {
      envelope.to(recipient(id, i));
    }
    return envelope.build();
  }

  /** In memory mostly; now and then from a publisher, once only or repeatable. */
  private MessageBody body(int id) {
    byte[] content = content(id);
    return switch (id % 32) {
      case 7 -> MessageBody.publisher(pieces(content));
      case 15 -> MessageBody.repeatable(pieces(content));
      case 23 -> MessageBody.repeatable(pieces(content).publishOn(Schedulers.parallel()));
      default -> MessageBody.bytes(content);
    };
  }

  private static Flux<ByteBuf> pieces(byte[] content) {
    return Flux.range(0, (content.length + PIECE - 1) / PIECE)
        .map(
            i ->
                Unpooled.wrappedBuffer(
                    content, i * PIECE, Math.min(PIECE, content.length - i * PIECE)));
  }
}
