package io.github.reactivesmtp.client.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One of the messages that a case sends; no two have a sender, a recipient or a content in common.
 *
 * @param number from 1
 */
record Mail(int number, List<String> recipients, String content) {

  /** How many a case sends. */
  static final int COUNT = 5;

  /** The one whose transaction has the fault, in the middle of the others. */
  static final int VICTIM = 3;

  /** The one before it, which is refused where the fault is about RSET. */
  static final int REFUSED_BEFORE_RSET = VICTIM - 1;

  /** More than a chunk of BDAT, so that a chunk leaves before the rest is there. */
  private static final int LARGE = 70_000;

  /** Those of a case. */
  static List<Mail> all(FaultCase it) {
    return IntStream.rangeClosed(1, COUNT)
        .mapToObj(number -> of(number, it.phase() == FaultPhase.MID_BODY && number == VICTIM))
        .toList();
  }

  private static Mail of(int number, boolean large) {
    int recipients = number == 1 || number == 4 ? 1 : 3;
    String lines = "Subject: " + number + "\r\n\r\n.dot\r\n";
    return new Mail(
        number,
        IntStream.rangeClosed(1, recipients)
            .mapToObj(i -> "r" + i + "@to" + number + ".example")
            .toList(),
        large ? lines.repeat(LARGE / lines.length() + 1) : lines);
  }

  String sender() {
    return "s@from" + number + ".example";
  }

  boolean isVictim() {
    return number == VICTIM;
  }

  Envelope envelope(FaultCase it) {
    return Envelope.builder()
        .from(sender())
        .to(recipients.toArray(String[]::new))
        .body(body(it))
        .tag(number)
        .build();
  }

  private MessageBody body(FaultCase it) {
    if (it.phase() == FaultPhase.MID_BODY && isVictim()) {
      return MessageBody.repeatable(inTwoPieces(it));
    }
    return it.way().needsStream()
        ? MessageBody.repeatable(Mono.fromSupplier(() -> octets(content)))
        : MessageBody.text(content);
  }

  /**
   * The last octets are held back where the fault must be met before they leave: for ever, for the
   * client is to give up this attempt.
   */
  private Flux<ByteBuf> inTwoPieces(FaultCase it) {
    String start = content.substring(0, content.length() - 1);
    String end = content.substring(content.length() - 1);
    boolean givesUp = !it.expected().isAny(Fate.OK) && !it.expected().isAny(Fate.UNKNOWN);
    AtomicInteger attempts = new AtomicInteger();
    return Flux.defer(
        () -> {
          boolean met = it.eachTime() || attempts.getAndIncrement() == 0;
          Mono<ByteBuf> rest = Mono.fromSupplier(() -> octets(end));
          return Flux.concat(
              Mono.fromSupplier(() -> octets(start)), givesUp && met ? Mono.never() : rest);
        });
  }

  private static ByteBuf octets(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
  }
}
