package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.NO_CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SmtpTimeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that means ill: it costs a bounded time and memory, and decides nothing but its own. */
class HostileServerTest {

  private static final String TO = "to@to.example";

  private static Wire sending(String... names) {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    for (String name : names) {
      wire.send(envelope(name, TO));
    }
    return wire;
  }

  /** The pauses are the server's: octets enough for 10 s, and 0.3 s to wait for a whole reply. */
  @Test
  void aReplyThatDripsIsNotWaitedForForEver() {
    Wire wire =
        Wire.with(
            options -> options.timeouts = SmtpTimeouts.DEFAULT.command(Duration.ofMillis(300)),
            NO_CHUNKING);
    wire.send(envelope("a", TO));
    wire.said();
    String octets = "250 " + "x".repeat(500);
    for (int i = 0; i < octets.length() && wire.isOpen(); i++) {
      wire.raw(octets.substring(i, i + 1));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      wire.advance(Duration.ZERO);
    }

    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.outcomes()).containsExactly("a NOT_SENT");
    assertThat(wire.results().get(0).cause()).hasMessageContaining("in vain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"250-more\r\n", "x", "250-", "\n", "250\r\n"})
  void aReplyWithoutEndClosesTheConnectionAndIsLetGo(String again) {
    Wire wire = sending("a");
    wire.said();
    String octets = again.equals("x") ? "250 " + again : again;
    for (int i = 0; i < 100_000 && wire.isOpen(); i++) {
      wire.raw(i == 0 ? octets : again);
    }

    assertThat(wire.isOpen()).isFalse();
    assertThat(wire.said()).doesNotContain("MAIL FROM:<b@");
    assertThat(wire.memory()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b]0;owned\u0007HTTP/1.1 200 OK\r\n",
        "250-a\r\n251 \u001b[2J\r\n",
        "999 \u202e\u0085\u2028\r\n",
        "421 4.3.2 \u001b[31mbye\r\n"
      })
  void whatItSaysSteersNoLogAndNoTerminal(String octets) {
    Wire wire = sending("a");
    wire.said();
    wire.raw(octets);

    assertThat(wire.isOpen()).isFalse();
    for (Throwable t = wire.results().get(0).cause(); t != null; t = t.getCause()) {
      assertThat(t.getMessage()).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*");
    }
    assertThat(String.valueOf(wire.results().get(0)))
        .doesNotMatch("(?s).*[\u001b\u0007\u0085\u2028\u202e].*");
  }

  /** RFC 5321 §3.4: where else a message might go is for people to judge. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "551 5.1.6 User not local; please try <evil@other.example>",
        "550-5.1.1 RCPT TO:<evil@other.example>\r\n550 5.1.1 http://other.example/"
      })
  void whereElseToSendIsNotHeeded(String refusal) {
    Wire wire = sending("a", "b");
    wire.said();
    wire.reply("250 ok", refusal, "354 go");

    assertThat(wire.said()).doesNotContain("other.example");
    assertThat(wire.outcomes()).isEmpty();
    wire.reply("554 nobody");
    assertThat(wire.outcomes()).containsExactly("a REJECTED");
    assertThat(wire.said()).contains("b@from.example").doesNotContain("other.example");
    assertThat(wire.results().get(0).recipients())
        .singleElement()
        .satisfies(recipient -> assertThat(recipient.address()).hasToString(TO));
  }

  @Test
  void forwardingThatItTellsOfChangesNothing() {
    Wire wire = sending("a");
    wire.said();
    wire.reply("250 ok", "251 will forward to <evil@other.example>", "354 go");
    wire.said();
    wire.reply("250 queued");

    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.results().get(0).recipients().get(0).address()).hasToString(TO);
  }
}
