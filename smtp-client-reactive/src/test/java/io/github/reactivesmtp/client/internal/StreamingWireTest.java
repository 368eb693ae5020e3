package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.NO_CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static io.github.reactivesmtp.client.internal.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What STREAMING says, when, and what it makes of what it hears. */
class StreamingWireTest {

  private static final String TO = "to@to.example";

  /** What the server says to a transaction with RSET and one recipient. */
  private static final String[] TAKEN = {
    "250 2.0.0 Ok", "250 2.1.0 Ok", "250 2.1.5 Ok", "250 2.0.0 Ok: queued"
  };

  /** The same to the first on a connection. */
  private static final String[] FIRST_TAKEN = {"250 2.1.0 Ok", "250 2.1.5 Ok", "250 2.0.0 Ok: q"};

  private static Wire wire(int transactions) {
    return Wire.with(
        options -> {
          options.pipelining = Pipelining.STREAMING;
          options.streamingWindow = options.streamingWindow.transactions(transactions);
        },
        CHUNKING);
  }

  /** Has said all of a, b and c, and heard nothing. */
  private static Wire threeUnderWay() {
    Wire wire = wire(10).send(envelope("a", TO), envelope("b", TO), envelope("c", TO));
    wire.said();
    return wire;
  }

  private static String transaction(String name) {
    return "MAIL FROM:<"
        + name
        + "@from.example>\r\nRCPT TO:<to@to.example>\r\nBDAT "
        + text(name).length()
        + " LAST\r\n"
        + text(name);
  }

  private static String[] replies(String[]... some) {
    return Arrays.stream(some).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static String[] but(String[] replies, int index, String other) {
    String[] changed = replies.clone();
    changed[index] = other;
    return changed;
  }

  @Test
  void wholeTransactionsFollowEachOtherInOneWrite() {
    Wire wire = wire(10).send(envelope("a", TO), envelope("b", TO), envelope("c", TO));
    assertThat(wire.writes())
        .containsExactly(
            transaction("a") + "RSET\r\n" + transaction("b") + "RSET\r\n" + transaction("c"));
    wire.reply(replies(FIRST_TAKEN, TAKEN, TAKEN));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED", "c ACCEPTED");
    assertThat(wire.isDrained()).isTrue();
    assertThat(wire.isReusable()).isTrue();
  }

  @Test
  void theWindowBoundsHowManyAreUnderWay() {
    Wire wire =
        wire(2).send(envelope("a", TO), envelope("b", TO), envelope("c", TO), envelope("d", TO));
    assertThat(wire.said()).isEqualTo(transaction("a") + "RSET\r\n" + transaction("b"));
    wire.reply(FIRST_TAKEN);
    assertThat(wire.said()).as("a is not confirmed").isEmpty();
    wire.reply(TAKEN);
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED");
    assertThat(wire.said()).isEqualTo(transaction("c") + "RSET\r\n" + transaction("d"));
    wire.reply(replies(FIRST_TAKEN, TAKEN));
    assertThat(wire.outcomes()).hasSize(4);
  }

  @Test
  void theWindowBoundsTheOctetsUnderWay() {
    Wire wire =
        Wire.with(
            options -> {
              options.pipelining = Pipelining.STREAMING;
              options.streamingWindow = options.streamingWindow.octets(30);
            },
            CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO), envelope("c", TO));
    assertThat(wire.said()).isEqualTo(transaction("a") + "RSET\r\n" + transaction("b"));
    wire.reply(replies(FIRST_TAKEN, TAKEN));
    assertThat(wire.said()).isEqualTo(transaction("c"));
    wire.reply(FIRST_TAKEN);
    assertThat(wire.outcomes()).hasSize(3);
  }

  @Test
  void withoutChunkingOrPipeliningItIsGroupedOrOff() {
    for (String[] extensions : new String[][] {NO_CHUNKING, {"CHUNKING"}}) {
      Wire wire = Wire.with(Pipelining.STREAMING, extensions);
      wire.send(envelope("a", TO), envelope("b", TO));
      assertThat(wire.said()).startsWith("MAIL FROM:<a@from.example>\r\n").doesNotContain("<b@");
      wire.hangUp();
    }
  }

  @Test
  void refusedRecipientsDoNotLetAMessageIntoTheNextTransaction() {
    Wire wire = threeUnderWay();
    String[] refused = {"250 2.0.0 Ok", "250 2.1.0 Ok", "550 5.1.1 no", "503 5.5.1 no recipients"};
    wire.reply(replies(FIRST_TAKEN, refused, TAKEN));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b REJECTED", "c ACCEPTED");
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void whenTheConnectionIsLostEachHasItsOwnOutcome() {
    Wire wire = threeUnderWay();
    wire.reply(replies(FIRST_TAKEN, new String[] {"250 2.0.0 Ok", "250 2.1.0 Ok", "550 5.1.1 no"}));
    wire.hangUp();
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b REJECTED", "c UNKNOWN");
  }

  /** A result that was held back is given, however the stream ends. */
  @Test
  void oneReplyTooManyMakesAllUnknownThatItMayBelongTo() {
    String[][] streams = {
      replies(new String[] {"250 2.1.0 Ok"}, FIRST_TAKEN, TAKEN, TAKEN),
      replies(FIRST_TAKEN, new String[] {"250 2.0.0 stray"}, TAKEN, TAKEN),
      replies(FIRST_TAKEN, but(TAKEN, 3, "250 2.0.0 stray\r\n554 5.7.1 no"), TAKEN),
      replies(FIRST_TAKEN, but(TAKEN, 3, "554 5.7.1 stray\r\n250 2.0.0 Ok"), TAKEN),
      replies(FIRST_TAKEN, but(TAKEN, 2, "250 2.1.5 Ok\r\n554 5.0.0 stray"), TAKEN),
    };
    for (String[] stream : streams) {
      for (boolean together : new boolean[] {true, false}) {
        Wire wire = threeUnderWay();
        if (together) {
          wire.reply(stream);
        } else {
          Stream.of(String.join("\r\n", stream).split("\r\n", -1))
              .filter(line -> wire.isOpen())
              .forEach(wire::reply);
        }
        assertThat(wire.outcomes())
            .as(String.join(", ", stream))
            .hasSize(3)
            .anyMatch(outcome -> outcome.endsWith(" UNKNOWN"))
            .noneMatch(outcome -> outcome.endsWith(" REJECTED"))
            .doesNotContain(stream[1].contains("2.1.0") ? "a ACCEPTED" : "b ACCEPTED");
        assertThat(wire.isOpen()).isFalse();
      }
    }
  }

  @Test
  void aResultIsGivenWhenTheNextMessagesRepliesFitToo() {
    Wire wire = threeUnderWay();
    wire.reply(replies(FIRST_TAKEN, TAKEN));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    wire.reply(TAKEN);
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED", "c ACCEPTED");
  }

  /** It may be a recipient's: then one too many came before. */
  @Test
  void aReplyToTheContentThatIsAboutAnAddressConfirmsNothing() {
    Wire wire = threeUnderWay();
    wire.reply(replies(FIRST_TAKEN, but(TAKEN, 3, "554 5.1.1 no such user")));
    assertThat(wire.outcomes()).isEmpty();
    wire.reply(TAKEN);
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b REJECTED", "c ACCEPTED");
  }

  @Test
  void whatARecipientWasRefusedWithIsNotBelievedEitherWhenRepliesAreOutOfStep() {
    Wire wire = threeUnderWay();
    String[] refused = {"250 2.0.0 Ok", "250 2.1.0 Ok", "550 5.1.1 no", "503 5.5.1 no recipients"};
    wire.reply(replies(FIRST_TAKEN, refused, new String[] {"354 go on"}));
    assertThat(wire.outcomes()).containsExactlyInAnyOrder("a ACCEPTED", "b UNKNOWN", "c UNKNOWN");
  }

  /** Exim, which has had enough of a client whose transactions came to nothing. */
  @Test
  void whatAServerThatRefusesRsetAndClosesHasNotReadGoesElsewhere() {
    Wire wire = threeUnderWay();
    wire.reply(replies(FIRST_TAKEN, new String[] {"554 too many nonmail commands"}));
    assertThat(wire.outcomes()).isEmpty();
    wire.hangUp();
    assertThat(wire.outcomes()).contains("a ACCEPTED", "b NOT_SENT", "c NOT_SENT");
    assertThat(wire.results()).filteredOn(r -> r.attempts() > 1).isEmpty();
  }

  @Test
  void whatAServerThatSays421AndClosesHasNotReadGoesElsewhere() {
    Wire wire = threeUnderWay();
    wire.reply(replies(FIRST_TAKEN, new String[] {"250 2.0.0 Ok", "421 4.3.2 closing"}));
    wire.hangUp();
    assertThat(wire.outcomes()).contains("a ACCEPTED", "b NOT_SENT", "c NOT_SENT");
  }

  @Test
  void ofAServerThatGoesOnAfterItNobodyCanTell() {
    for (String goodbye : new String[] {"421 4.3.2 closing", "554 5.5.1 enough"}) {
      Wire wire = threeUnderWay();
      wire.reply(replies(FIRST_TAKEN, new String[] {goodbye, "250 2.1.0 Ok"}));
      assertThat(wire.outcomes())
          .as(goodbye)
          .containsExactlyInAnyOrder("a UNKNOWN", "b UNKNOWN", "c UNKNOWN");
      assertThat(wire.isOpen()).isFalse();
    }
  }

  @Test
  void aServerThatSays421AndStaysIsNotWaitedForLong() {
    Wire wire =
        Wire.with(
            options -> {
              options.pipelining = Pipelining.STREAMING;
              options.timeouts = SmtpTimeouts.DEFAULT.connect(Duration.ofSeconds(7));
            },
            CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.said();
    wire.reply(replies(FIRST_TAKEN, new String[] {"421 4.3.2 closing"}));
    wire.advance(Duration.ofSeconds(6));
    assertThat(wire.isOpen()).isTrue();
    wire.advance(Duration.ofSeconds(2));
    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b UNKNOWN");
  }

  /** What keeps being sent is no answer to what was said before. */
  @Test
  void repliesAreDueInTimeAlsoWhileMoreIsSent() {
    Wire wire = wire(100).send(envelope("a", TO));
    Duration half = SmtpTimeouts.DEFAULT.command().dividedBy(2).plusSeconds(1);
    wire.advance(half);
    wire.send(envelope("b", TO));
    wire.advance(half);
    wire.said();
    assertThat(wire.isOpen()).isFalse();
  }

  /** A publisher may fail; the messages before it must not pay for it. */
  @Test
  void contentThatComesPieceByPieceWaitsForAllBeforeIt() {
    MessageBody stream =
        MessageBody.publisher(
            Flux.just(Unpooled.copiedBuffer("hello\r\n", StandardCharsets.US_ASCII)));
    Wire wire = wire(10).send(envelope("a", TO), envelope("b", stream, TO), envelope("c", TO));
    assertThat(wire.said()).isEqualTo(transaction("a"));
    wire.reply(FIRST_TAKEN);
    assertThat(wire.said())
        .isEqualTo("MAIL FROM:<b@from.example> BODY=8BITMIME\r\nRCPT TO:<to@to.example>\r\n");
    wire.reply("250 2.1.0 Ok", "250 2.1.5 Ok");
    assertThat(wire.said()).isEqualTo("BDAT 7 LAST\r\nhello\r\nRSET\r\n" + transaction("c"));
    wire.reply(replies(new String[] {"250 2.0.0 Ok: q"}, TAKEN));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED", "c ACCEPTED");
  }

  @Test
  void aMessageThatWaitsForThoseBeforeItIsGivenBackWhenTheyAreLost() {
    MessageBody stream = MessageBody.publisher(Flux.empty());
    Wire wire = wire(10).send(envelope("a", TO), envelope("b", stream, TO));
    wire.said();
    wire.hangUp();
    assertThat(wire.outcomes()).containsExactly("a UNKNOWN", "b NOT_SENT");
  }
}
