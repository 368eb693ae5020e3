package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.NO_CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static io.github.reactivesmtp.client.internal.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** LMTP (RFC 2033) on the wire. */
class LmtpWireTest {

  private static final String[] TO = {"one@to.example", "two@to.example"};
  private static final String RCPTS = "RCPT TO:<one@to.example>\r\nRCPT TO:<two@to.example>\r\n";

  private static Wire wire(Pipelining mode, String... extensions) {
    return Wire.with(
        options -> {
          options.lmtp = true;
          options.pipelining = mode;
        },
        extensions);
  }

  private static String mail(String name) {
    return "MAIL FROM:<" + name + "@from.example>\r\n";
  }

  private static List<String> outcomes(SendResult result) {
    return result.recipients().stream().map(r -> r.outcome() + " " + r.reply()).toList();
  }

  @Test
  void overlappedRepliesAreMatchedByCount() {
    Wire wire = wire(Pipelining.OVERLAPPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.said();

    assertThat(wire.reply("250 ok", "250 ok", "250 ok", "354 go").said())
        .isEqualTo(text("a") + ".\r\n" + mail("b") + RCPTS + "DATA\r\n");
    wire.reply("250 one a", "550 two a");
    assertThat(outcomes(wire.results().get(0)))
        .containsExactly("ACCEPTED 250 one a", "REJECTED 550 two a");
    assertThat(wire.reply("250 ok", "550 no", "250 ok", "354 go").said())
        .isEqualTo(text("b") + ".\r\n");
    wire.reply("450 two b");
    assertThat(outcomes(wire.results().get(1)))
        .containsExactly("REJECTED 550 no", "DEFERRED 450 two b");
    assertThat(wire.isDrained()).isTrue();
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void chunkingWaitsForTheRecipientsAndHasAReplyForEach() {
    Wire wire = wire(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));

    assertThat(wire.said()).isEqualTo(mail("a") + RCPTS);
    assertThat(wire.reply("250 ok", "250 ok", "250 ok").said())
        .isEqualTo("BDAT " + text("a").length() + " LAST\r\n" + text("a"));
    assertThat(wire.reply("250 one").said()).isEmpty();
    assertThat(wire.outcomes()).isEmpty();
    assertThat(wire.reply("452 two").said()).isEqualTo(mail("b") + RCPTS);
    assertThat(outcomes(wire.results().get(0)))
        .containsExactly("ACCEPTED 250 one", "DEFERRED 452 two");
  }

  @Test
  void lostBetweenTheReplies() {
    Wire wire = wire(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "250 ok", "354 go").said();
    wire.reply("250 one").hangUp();

    SendResult result = wire.results().get(0);
    assertThat(outcomes(result)).containsExactly("ACCEPTED 250 one", "UNKNOWN null");
    assertThat(result.reply()).hasToString("250 one");
    assertThat(result.cause()).isNotNull();
  }

  /** It has read the content: what became of it for the second nobody can tell. */
  @Test
  void saysGoodbyeBetweenTheReplies() {
    Wire wire = wire(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "250 ok", "354 go").said();
    wire.reply("421 one, and closing");

    assertThat(wire.isOpen()).isFalse();
    assertThat(outcomes(wire.results().get(0)).get(1)).isEqualTo("UNKNOWN null");
  }

  @Test
  void contentForNobodyEndsTheConnectionWithoutADot() {
    Wire wire = wire(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    wire.reply("250 ok", "550 no one", "450 no two", "354 go");

    assertThat(wire.said()).isEmpty();
    assertThat(wire.isOpen()).isFalse();
    assertThat(outcomes(wire.results().get(0)))
        .containsExactly("REJECTED 550 no one", "DEFERRED 450 no two");
  }

  /** Any of them may be the one that does not belong. */
  @Test
  void oneReplyTooManyMakesAllOfThemDoubtful() {
    Wire wire = Wire.with(options -> options.lmtp = true, NO_CHUNKING);
    wire.send(envelope("a", "r1@to.example", "r2@to.example"));
    wire.said();
    wire.reply("250 ok", "250 ok", "250 ok", "354 go");
    wire.said();
    wire.reply("250 stray", "550 not r1", "250 r2");

    assertThat(wire.outcomes()).containsExactly("a UNKNOWN");
    assertThat(wire.isOpen()).isFalse();
  }
}
