package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.NO_CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.publisher.TestPublisher;

/** What a session makes of a connection that goes wrong: not sent, or nobody can know. */
class SessionOutcomeTest {

  private static final String TO = "to@to.example";

  @Test
  void lostBeforeTheContentIsNotSent() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    wire.reply("250 ok", "250 ok").hangUp();

    assertThat(wire.outcomes()).containsExactly("a NOT_SENT");
    assertThat(wire.results().get(0).cause()).hasMessageContaining("mx.example:25");
    assertThat(wire.isDrained()).isTrue();
  }

  @Test
  void lostAfterTheContentIsUnknown() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "354 go").hangUp();
    wire.said();

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
  }

  @Test
  void lostWhileOverlappedIsUnknownForTheFirstAndNotSentForTheSecond() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.reply("250 ok", "250 ok", "354 go").hangUp();
    wire.said();

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN", "b NOT_SENT");
  }

  @Test
  void repliesReadBefore421Count() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", "one@to.example", "two@to.example"));
    wire.said();
    wire.reply("250 ok", "550 no such user", "421 going down");

    assertThat(wire.results().get(0).recipients())
        .extracting(r -> r.outcome().name())
        .containsExactly("REJECTED", "NOT_SENT");
    assertThat(wire.isOpen()).isFalse();
  }

  /** One of them answers something else, and nobody can tell which. */
  @ParameterizedTest
  @ValueSource(strings = {"250 what is this\r\n", "552 too big\r\n", "2", "garbage\r\n"})
  void moreThanTheLastReplyDueIsNotBelieved(String more) {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "354 go");
    wire.said();
    wire.raw("250 queued\r\n" + more);

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
    assertThat(wire.isOpen()).isFalse();
  }

  /** Postfix before STARTTLS: the octets of the BDAT are its next commands. */
  @Test
  void repliesToTheOctetsOfARefusedBdatMakeNothingDoubtful() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    wire.reply("530 tls first", "530 tls first", "530 tls first", "530 tls first", "530 again");

    assertThat(wire.outcomes()).containsExactly("a REJECTED");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void aGoodbyeBehindTheLastReplyTakesNothingBack() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "354 go");
    wire.said();
    wire.reply("250 queued", "421 shutting down");

    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void aStrayReplyClosesTheConnection() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "354 go");
    wire.said();
    wire.reply("250 queued").reply("250 what is this");

    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.isOpen()).isFalse();
  }

  /** The RCPT's reply would be taken for the content's, which the server refuses. */
  @ParameterizedTest
  @ValueSource(strings = {"250 ok", "550 no"})
  void aStrayReplyInAGroupMakesNothingAccepted(String stray) {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    wire.reply("250 ok", stray, "250 ok", "552 too big");

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void partOfAReplyNobodyWaitsForClosesTheConnection() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.raw("2");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void aMalformedReplyAfterTheContentIsUnknown() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    wire.reply("250 ok", "250 ok").raw("garbage\r\n");

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void a354ToTheFinalDotIsUnknown() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "354 go");
    wire.said();
    wire.reply("354 go on");

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
  }

  @Test
  void allOrNothingAfter354ClosesWithoutTheDot() {
    Wire wire = Wire.with(options -> options.allOrNothing = true, NO_CHUNKING);
    wire.send(envelope("a", "one@to.example", "two@to.example"));
    wire.said();
    wire.reply("250 ok", "250 ok", "550 no", "354 go");

    assertThat(wire.said()).isEmpty();
    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.results().get(0).recipients())
        .extracting(r -> r.outcome().name())
        .containsExactly("NOT_SENT", "REJECTED");
    assertThat(wire.results().get(0).cause()).isInstanceOf(MessageRefusedException.class);
  }

  @Test
  void aBodyThatFailsEndsTheConnectionWithoutTheDot() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    Flux<ByteBuf> failing =
        Flux.concat(
            Flux.just(Unpooled.copiedBuffer("part\r\n", StandardCharsets.UTF_8)),
            Flux.error(new IllegalStateException("disk gone")));
    wire.send(envelope("a", MessageBody.publisher(failing), TO));
    wire.said();
    wire.reply("250 ok", "250 ok", "354 go");

    assertThat(wire.said()).doesNotContain(".\r\n");
    assertThat(wire.outcomes()).containsExactly("a NOT_SENT");
    assertThat(wire.results().get(0).cause())
        .isInstanceOf(MessageRefusedException.class)
        .hasRootCauseMessage("disk gone");
  }

  @Test
  void aServerThatGivesUpInMidContentIsBelieved() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    TestPublisher<ByteBuf> body = TestPublisher.create();
    wire.send(envelope("a", MessageBody.publisher(body), TO));
    wire.reply("250 ok", "250 ok", "354 go");
    body.next(Unpooled.copiedBuffer("part\r\n", StandardCharsets.UTF_8));
    wire.said();
    wire.reply("552 too much");

    assertThat(wire.outcomes()).containsExactly("a REJECTED");
    assertThat(wire.isOpen()).isFalse();
    body.assertCancelled();
  }

  @Test
  void aStreamedBodyIsSentInChunksAndALastOne() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    TestPublisher<ByteBuf> body = TestPublisher.create();
    wire.send(envelope("a", MessageBody.publisher(body), TO));
    assertThat(wire.said()).endsWith("RCPT TO:<to@to.example>\r\n");
    wire.reply("250 ok", "250 ok");
    body.next(Unpooled.copiedBuffer("x".repeat(70_000), StandardCharsets.UTF_8));
    assertThat(wire.said()).startsWith("BDAT 70000\r\nxxx");
    body.next(Unpooled.copiedBuffer("end", StandardCharsets.UTF_8));
    body.complete();
    assertThat(wire.said()).isEqualTo("BDAT 5 LAST\r\nend\r\n");
    wire.reply("250 70000 octets received", "250 queued");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
  }

  /** What the octets of the BDAT say would be answered next, as if the next message had said it. */
  @ParameterizedTest
  @ValueSource(ints = {500, 501, 502, 504, 530, 538})
  void aServerThatMayNotHaveReadTheOctetsOfABdatIsNotSpokenToAgain(int code) {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.reply("250 ok", "550 no", code + " no");

    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.outcomes()).containsExactly("a REJECTED");
    assertThat(wire.said()).doesNotContain("b@from.example");
  }

  @ParameterizedTest
  @ValueSource(ints = {452, 503, 552, 554})
  void aServerThatRefusesTheContentOfABdatIs(int code) {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.reply("250 ok", "250 ok", code + " no");

    assertThat(wire.isOpen()).isTrue();
    assertThat(wire.said()).contains("RSET\r\nMAIL FROM:<b@from.example>");
  }

  @Test
  void aRefusedChunkEndsTheBody() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    TestPublisher<ByteBuf> body = TestPublisher.create();
    wire.send(envelope("a", MessageBody.publisher(body), TO), envelope("b", TO));
    wire.reply("250 ok", "250 ok");
    body.next(Unpooled.copiedBuffer("x".repeat(70_000), StandardCharsets.UTF_8));
    wire.said();
    wire.reply("452 disk full");

    assertThat(wire.outcomes()).containsExactly("a DEFERRED");
    body.assertCancelled();
    assertThat(wire.said()).startsWith("RSET\r\nMAIL FROM:<b@from.example>");
  }
}
