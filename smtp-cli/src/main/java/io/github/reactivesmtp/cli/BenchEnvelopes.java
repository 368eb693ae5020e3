package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.MailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import reactor.util.concurrent.Queues;

/**
 * Envelopes that are built once and used in turn, so that a message costs neither an address parsed
 * nor an object. An envelope is under way once at a time, and its tag holds since when.
 *
 * <p>One thread at a time may take, and one at a time give back: a source and a subscriber do.
 */
final class BenchEnvelopes {

  /** Envelopes made beforehand. If more than these are under way at once, more are made. */
  static final int MADE = 1000;

  /** But no more recipients than these, all together. */
  private static final int RECIPIENTS_MADE = 100_000;

  /** Recipients in one message; RFC 5321 §4.5.3.1.8 has servers take at least 100. */
  static final int MOST_RECIPIENTS = 10_000;

  private final @Nullable AddressTemplate from;
  private final AddressTemplate to;
  private final int recipients;
  private final MessageBody body;
  private final int ready;
  private final Queue<Envelope> free = Queues.<Envelope>unbounded().get();
  private int made;

  /**
   * @param from null for the null reverse-path
   * @param recipients of each, numbered if more than one
   */
  BenchEnvelopes(
      @Nullable AddressTemplate from, AddressTemplate to, int recipients, MessageBody body) {
    this.from = from;
    this.to = to;
    this.recipients = recipients;
    this.body = body;
    this.ready = Math.max(1, Math.min(MADE, RECIPIENTS_MADE / recipients));
    for (int i = 0; i < ready; i++) {
      free.add(make());
    }
  }

  /**
   * One that is not under way, from now on under way.
   *
   * @param since by {@link System#nanoTime()}
   * @param results where its result belongs
   */
  Envelope take(long since, BenchResults results) {
    Envelope envelope = free.poll();
    if (envelope == null) {
      envelope = make();
    }
    ticket(envelope).fill(since, results);
    return envelope;
  }

  /** Enters the result where it belongs; its envelope is no longer under way. */
  void giveBack(SendResult result, long now) {
    ticket(result.envelope()).enter(result, now);
    free.add(result.envelope());
  }

  private Envelope make() {
    // The numbers begin again rather than become many: each address takes memory.
    int number = made++ % ready;
    List<MailAddress> addresses = new ArrayList<>(recipients);
    for (int i = 1; i <= recipients; i++) {
      addresses.add(to.address(number * recipients + i));
    }
    Envelope.Builder builder = Envelope.builder().to(addresses).body(body).tag(new Ticket());
    return (from == null ? builder.nullReversePath() : builder.from(from.address(number + 1)))
        .build();
  }

  private static Ticket ticket(Envelope envelope) {
    if (envelope.tag() instanceof Ticket ticket) {
      return ticket;
    }
    throw new IllegalStateException("An envelope of no load: " + envelope);
  }

  /** Written by who takes, read by who gives back; the client's queue lies between them. */
  private static final class Ticket {

    private long since;
    private @Nullable BenchResults results;

    private void fill(long nanoTime, BenchResults place) {
      since = nanoTime;
      results = place;
    }

    private void enter(SendResult result, long now) {
      if (results == null) {
        throw new IllegalStateException("A result of nothing sent: " + result);
      }
      results.add(result, since, now);
    }
  }
}
