package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Pipelining;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection that was idle for a while may be gone without anybody having said so. */
class IdleSessionTest {

  private static final String TO = "to@to.example";

  private static Wire usedOnce() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO));
    wire.reply("250 ok", "250 ok", "250 ok");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    wire.said();
    return wire;
  }

  @Test
  void theFirstMessageAfterAWhileWaitsBeforeItsContentEnds() {
    Wire wire = usedOnce();
    wire.advance(Duration.ofMillis(1_001));
    wire.send(envelope("b", TO), envelope("c", TO));

    assertThat(wire.said()).doesNotContain("BDAT").endsWith("RCPT TO:<to@to.example>\r\n");
    wire.reply("250 ok", "250 ok");
    assertThat(wire.said()).startsWith("BDAT ");
    wire.reply("250 ok");
    assertThat(wire.said()).as("the next one").contains("MAIL FROM:<c@from.example>", "BDAT ");
  }

  /** So it may be sent over another connection. */
  @Test
  void itIsNotInDoubtIfTheServerIsGone() {
    Wire wire = usedOnce();
    wire.advance(Duration.ofSeconds(2));
    wire.send(envelope("b", TO));
    wire.said();
    wire.hangUp();
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b NOT_SENT");
  }

  @Test
  void soonerThanThatItAllGoesAtOnce() {
    Wire wire = usedOnce();
    wire.advance(Duration.ofMillis(999));
    wire.send(envelope("b", TO));
    assertThat(wire.said()).contains("BDAT ");
  }

  /** The handshake has just shown that the server is there. */
  @Test
  void onANewConnectionItAllGoesAtOnce() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.advance(Duration.ofSeconds(2));
    wire.send(envelope("a", TO));
    assertThat(wire.said()).contains("BDAT ");
  }
}
