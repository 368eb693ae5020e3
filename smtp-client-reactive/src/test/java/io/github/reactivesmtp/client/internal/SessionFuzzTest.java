package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * A server that says anything. Each envelope has one result, and it is true in the light of what
 * {@link NaiveServer} saw. The first octet of an input chooses the mode; after it, the octet 0xFF
 * ends a read.
 */
class SessionFuzzTest {

  private static final byte READ_END = (byte) 0xFF;
  private static final byte[] LARGE = "line\r\n".repeat(11_000).getBytes(US_ASCII);

  private final List<ByteBuf> bodies = new ArrayList<>();

  @FuzzTest
  void everyResultIsTrue(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    List<byte[]> reads = reads(octets);
    play(octets[0], reads);
    List<byte[]> single = new ArrayList<>();
    for (byte[] read : reads) {
      for (byte octet : read) {
        single.add(new byte[] {octet});
      }
    }
    play(octets[0], single);
  }

  private static List<byte[]> reads(byte[] octets) {
    List<byte[]> reads = new ArrayList<>();
    int from = 1;
    for (int i = 1; i <= octets.length; i++) {
      if (i == octets.length || octets[i] == READ_END) {
        if (i > from) {
          reads.add(Arrays.copyOfRange(octets, from, i));
        }
        from = i + 1;
      }
    }
    return reads;
  }

  private void play(byte mode, List<byte[]> reads) {
    bodies.clear();
    boolean lmtp = (mode & 4) != 0;
    Wire wire =
        Wire.with(
            options -> {
              options.pipelining = pipelining(mode & 3);
              options.lmtp = lmtp;
              options.allOrNothing = (mode & 8) != 0;
            },
            (mode & 16) != 0 ? Wire.NO_CHUNKING : Wire.CHUNKING);
    NaiveServer server = new NaiveServer(lmtp);
    wire.send(
        Wire.envelope("a", "one@to.example"),
        Wire.envelope("b", "one@to.example", "two@to.example"),
        (mode & 32) != 0 ? streamed("c") : Wire.envelope("c", "three@to.example"),
        Wire.envelope("d", "one@to.example", "two@to.example", "three@to.example"));
    server.clientSays(wire.said());
    for (byte[] read : reads) {
      if (!wire.isOpen()) {
        break;
      }
      server.clientReads(read);
      wire.raw(read.clone());
      server.clientSays(wire.said());
    }
    wire.hangUp();
    server.clientSays(wire.said());

    assertTrue(wire.isDrained(), "a hang");
    assertEquals(4, wire.results().size() + wire.waiting(), "one result for each");
    assertEquals(
        wire.results().size(),
        wire.results().stream().map(result -> result.envelope().tag()).distinct().count());
    assertEquals(0, wire.memory(), "octets not released");
    bodies.forEach(body -> assertEquals(0, body.refCnt(), "body not released"));
    List<NaiveServer.Transaction> transactions = server.transactions();
    wire.results().forEach(result -> check(result, transactions));
  }

  private static Pipelining pipelining(int number) {
    return switch (number) {
      case 0 -> Pipelining.OFF;
      case 1 -> Pipelining.GROUPED;
      case 2 -> Pipelining.OVERLAPPED;
      default -> Pipelining.STREAMING;
    };
  }

  private Envelope streamed(String name) {
    Flux<ByteBuf> body =
        Flux.defer(
            () -> {
              ByteBuf octets = Unpooled.copiedBuffer(LARGE);
              bodies.add(octets);
              return Flux.just(octets);
            });
    return Wire.envelope(name, MessageBody.publisher(body), "three@to.example");
  }

  private static void check(SendResult result, List<NaiveServer.Transaction> all) {
    checkCause(result.cause());
    for (RecipientResult recipient : result.recipients()) {
      String address = recipient.address().toString();
      List<NaiveServer.Transaction> own =
          all.stream().filter(it -> it.sender.equals(result.envelope().tag())).toList();
      String what = result.envelope().tag() + " " + recipient;
      assertTrue(own.stream().filter(it -> it.mayAccept(address)).count() <= 1, what + ": twice");
      boolean mayBeAccepted = own.stream().anyMatch(it -> it.mayAccept(address));
      Outcome outcome = recipient.outcome();
      switch (outcome) {
        case ACCEPTED -> assertTrue(own.stream().anyMatch(it -> it.accepts(address)), what);
        case REJECTED -> assertTrue(wasSaid(5, address, own), what);
        case DEFERRED -> assertTrue(wasSaid(4, address, own), what);
        case UNKNOWN -> assertTrue(own.stream().anyMatch(it -> it.ended), what);
        case NOT_SENT -> assertFalse(mayBeAccepted, what + ": may well have been sent");
        default -> throw new AssertionError(what);
      }
      if (outcome == Outcome.REJECTED || outcome == Outcome.DEFERRED) {
        assertFalse(mayBeAccepted, what + ": may well have been accepted");
      }
    }
  }

  private static boolean wasSaid(int codeClass, String address, List<NaiveServer.Transaction> own) {
    return own.stream()
        .flatMap(it -> it.replies(address).stream())
        .anyMatch(code -> code / 100 == codeClass);
  }

  /** What ended a transaction is said in this library's words; else it is a mistake in it. */
  private static void checkCause(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      boolean known =
          t.getClass().getName().startsWith("io.github.reactivesmtp.")
              || t instanceof IOException
              || t instanceof UncheckedIOException;
      if (!known) {
        throw new AssertionError("a mistake in the client", t);
      }
    }
  }
}
