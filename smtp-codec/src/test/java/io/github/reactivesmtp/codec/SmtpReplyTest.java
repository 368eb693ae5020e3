package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {

  @ParameterizedTest
  @CsvSource({
    "250, 2.1.5 Ok, 2.1.5",
    "250, 2.1.5, 2.1.5",
    "250, 2.0.0\tOk, 2.0.0",
    "550, 5.999.999 x, 5.999.999",
    "451, 4.7.1 Try later, 4.7.1",
    "550, 4.1.1 class differs,",
    "250, 5.1.1 class differs,",
    "354, 3.0.0 no such class,",
    "354, 2.0.0 class differs,",
    "550, 5.1.1x,",
    "550, 5.1,",
    "550, 5.123,",
    "550, 5.1. x,",
    "550, 5..1 x,",
    "550, 5.1.1.1 x,",
    "550, 5.1000.1 x,",
    "550, 5.1.1000 x,",
    "550, 5.-1.1 x,",
    "550, x5.1.1,",
    "550, '',",
    "550, 51.1 x,",
  })
  void enhancedStatus(int code, String text, @Nullable String expected) {
    SmtpReply reply = SmtpReply.of(code, text, "2.2.2 later lines do not count");

    for (int time = 0; time < 2; time++) {
      if (expected == null) {
        assertThat(reply.enhancedStatus()).isNull();
      } else {
        assertThat(reply.enhancedStatus()).hasToString(expected);
      }
    }
  }

  @Test
  void enhancedStatusPartsAndLimits() {
    assertThat(EnhancedStatus.parse("4.20.300 x")).isEqualTo(new EnhancedStatus(4, 20, 300));
    assertThatThrownBy(() -> new EnhancedStatus(3, 0, 0)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> new EnhancedStatus(2, 1000, 0))
        .isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> new EnhancedStatus(2, 0, -1)).isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "200, positive", "299, positive", "300, intermediate", "399, intermediate",
    "400, transient", "499, transient", "500, permanent", "599, permanent",
  })
  void kinds(int code, String kind) {
    SmtpReply reply = SmtpReply.of(code, "");

    assertThat(reply.isPositive()).isEqualTo(kind.equals("positive"));
    assertThat(reply.isIntermediate()).isEqualTo(kind.equals("intermediate"));
    assertThat(reply.isTransient()).isEqualTo(kind.equals("transient"));
    assertThat(reply.isPermanent()).isEqualTo(kind.equals("permanent"));
    assertThat(reply.isNegative()).isEqualTo(code >= 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r", "\ra", "a\nb", "\nb", "\0", "a\0", "a\r\n250 injected"})
  void aTextCannotHoldALineEnd(String text) {
    assertThatThrownBy(() -> SmtpReply.of(250, "fine", text))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessageNotContaining(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {-250, 0, 199, 600, 2500})
  void aCodeHasItsRange(int code) {
    assertThatThrownBy(() -> SmtpReply.of(code, "")).isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void thereIsAtLeastOneLine() {
    assertThatThrownBy(() -> SmtpReply.of(250)).isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    SmtpReply reply = SmtpReply.of(250, "größe", "", "PIPELINING");
    ByteBuffer wire = ByteBuffer.allocateDirect(reply.encodedLength());
    reply.writeTo(wire);
    assertThat(wire.hasRemaining()).isFalse();

    SmtpReply read = Objects.requireNonNull(new ReplyParser().parse(wire.flip()));

    assertThat(read).isEqualTo(reply).hasSameHashCodeAs(reply);
    assertThat(read.text()).isEqualTo("größe\n\nPIPELINING");
    ByteBuffer again = ByteBuffer.allocate(read.encodedLength());
    read.writeTo(again);
    assertThat(again.flip()).isEqualTo(wire.flip());
  }

  @Test
  void tooLittleRoomWritesNothing() {
    SmtpReply reply = SmtpReply.of(250, "Ok");
    ByteBuffer tight = ByteBuffer.allocate(reply.encodedLength() - 1);

    assertThatThrownBy(() -> reply.writeTo(tight)).isInstanceOf(BufferOverflowException.class);
    assertThat(tight.position()).isZero();
  }

  @Test
  void differentRepliesAreNotEqual() {
    assertThat(SmtpReply.of(250, "a"))
        .isNotEqualTo(SmtpReply.of(251, "a"))
        .isNotEqualTo(SmtpReply.of(250, "b"))
        .isNotEqualTo(SmtpReply.of(250, "a", ""));
  }

  /** Replies are counted in maps: those that differ in the code only are not all in one bucket. */
  @Test
  void hashCodesTellRepliesApart() {
    assertThat(IntStream.range(200, 600).map(code -> SmtpReply.of(code, "a").hashCode()).distinct())
        .hasSize(400);
  }

  @Test
  void codeAndLinesAreThoseGiven() {
    SmtpReply reply = SmtpReply.of(451, "4.7.1 Later", "much later");
    assertThat(reply.code()).isEqualTo(451);
    assertThat(reply.lines()).containsExactly("4.7.1 Later", "much later");
  }

  @Test
  void aLogLineCannotBeForged() {
    assertThat(SmtpReply.of(250, "2.1.0 Ok")).hasToString("250 2.1.0 Ok");
    assertThat(SmtpReply.of(250, "a", "b")).hasToString("250 a / b");
    assertThat(SmtpReply.of(550, "x\u001b[2K\u0085\u2028\u202e\ty"))
        .hasToString("550 x\\u001b[2K\\u0085\\u2028\\u202e\\u0009y");
    assertThat(SmtpReply.of(550, "x\uD83D\uDE00\uDB40\uDC41\uD800y"))
        .as("beyond the first plane, too: a tag is seen by machines only")
        .hasToString("550 x\uD83D\uDE00\\ue0041\\ud800y");
  }
}
