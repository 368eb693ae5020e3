package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotStuffingTest {

  private static final BareNewlines REJECT = BareNewlines.REJECT;

  /** What leaves, dot at the end included, when the content comes in these chunks. */
  private static String sent(BufferKind kind, List<String> chunks, Random random) {
    StringBuilder sent = new StringBuilder();
    State state = State.START;
    for (String chunk : chunks) {
      ByteBuffer in = kind.of(chunk);
      while (in.hasRemaining()) {
        ByteBuffer out =
            random.nextBoolean() ? ByteBuffer.allocate(1 + random.nextInt(20)) : roomFor(in);
        state = DotStuffing.stuff(in, out, state, BareNewlines.NORMALISE);
        assertThat(out.position()).as("progress").isPositive();
        sent.append(BufferKind.written(out));
      }
    }
    ByteBuffer end = ByteBuffer.allocate(DotStuffing.MAX_TERMINATOR);
    DotStuffing.terminate(end, state);
    return sent.append(BufferKind.written(end)).toString();
  }

  private static ByteBuffer roomFor(ByteBuffer in) {
    return ByteBuffer.allocateDirect(
        DotStuffing.maxStuffedLength(in.remaining()) + DotStuffing.MAX_TERMINATOR);
  }

  @ParameterizedTest
  @EnumSource
  void randomContentCutAnywhereEqualsTheNaiveWay(BufferKind kind) {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String content = RandomContent.next(random);
      List<String> chunks = RandomContent.cut(content, random);
      assertThat(sent(kind, chunks, random))
          .as("seed %d", seed)
          .isEqualTo(NaiveContent.stuffed(content));
    }
  }

  @ParameterizedTest
  @EnumSource
  void forwardingCleanPrefixesUncopiedGivesTheSame(BufferKind kind) {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String content = RandomContent.next(random);
      StringBuilder sent = new StringBuilder();
      State state = State.START;
      for (String chunk : RandomContent.cut(content, random)) {
        ByteBuffer in = kind.of(chunk);
        int clean = DotStuffing.cleanPrefix(in, state);
        state = DotStuffing.stateAfter(in, clean, state);
        sent.append(chunk, 0, clean);
        in.position(in.position() + clean);
        ByteBuffer out = roomFor(in);
        state = DotStuffing.stuff(in, out, state, BareNewlines.NORMALISE);
        sent.append(BufferKind.written(out));
      }
      ByteBuffer end = ByteBuffer.allocate(DotStuffing.MAX_TERMINATOR);
      DotStuffing.terminate(end, state);
      sent.append(BufferKind.written(end));
      assertThat(sent).as("seed %d", seed).hasToString(NaiveContent.stuffed(content));
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "LINE_START|'a\\r\\nb'|4",
        "LINE_START|'.a'|0",
        "MID_LINE|'.a'|2",
        "LINE_START|'a\\r\\n.'|3",
        "LINE_START|'a.b..c'|6",
        "LINE_START|'ab\\ncd'|2",
        "LINE_START|'ab\\rcd'|2",
        "LINE_START|'ab\\r'|3",
        "LINE_START|'ab\\n'|2",
        "AFTER_CR|'\\nab'|3",
        "AFTER_CR|'\\n.ab'|1",
        "AFTER_CR|'ab'|0",
        "AFTER_CR|'\\r\\n'|0",
        "LINE_START|''|0",
        "AFTER_CR|''|0",
      },
      delimiter = '|')
  void cleanPrefixEndsAtTheFirstOctetToCorrect(State state, String escaped, int expected) {
    ByteBuffer in = BufferKind.HEAP.of(escaped.translateEscapes());
    int position = in.position();

    assertThat(DotStuffing.cleanPrefix(in, state)).isEqualTo(expected);
    assertThat(in.position()).isEqualTo(position);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "''|'.\\r\\n'",
        "'\\r\\n'|'\\r\\n.\\r\\n'",
        "'a\\r\\n'|'a\\r\\n.\\r\\n'",
        "'a'|'a\\r\\n.\\r\\n'",
        "'a\\r'|'a\\r\\n.\\r\\n'",
        "'\\r'|'\\r\\n.\\r\\n'",
        "'.'|'..\\r\\n.\\r\\n'",
      },
      delimiter = '|')
  void theTerminatorCompletesTheLastLine(String content, String expected) {
    assertThat(sent(BufferKind.HEAP, List.of(content.translateEscapes()), new Random(1)))
        .isEqualTo(expected.translateEscapes());
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void theTerminatorIsWrittenWholeOrNotAtAll(State state) {
    ByteBuffer tight = ByteBuffer.allocate(2);

    assertThatThrownBy(() -> DotStuffing.terminate(tight, state))
        .isInstanceOf(BufferOverflowException.class);
    assertThat(tight.position()).isZero();
  }

  @Test
  void theWorstInputFillsTheStatedLength() {
    ByteBuffer in = BufferKind.HEAP.of(".\r.\r.");
    ByteBuffer out = ByteBuffer.allocate(DotStuffing.maxStuffedLength(in.remaining()));

    State state = DotStuffing.stuff(in, out, State.AFTER_CR, BareNewlines.NORMALISE);

    assertThat(in.hasRemaining()).isFalse();
    assertThat(out.hasRemaining()).isFalse();
    assertThat(state).isEqualTo(State.MID_LINE);
    assertThat(BufferKind.written(out)).isEqualTo("\n..\r\n..\r\n..");
    assertThat(DotStuffing.maxStuffedLength(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource
  void rejectNamesTheFirstBareNewline(BufferKind kind) {
    int refused = 0;
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String content = RandomContent.next(random);
      int bare = NaiveContent.bareNewline(content);
      ByteBuffer in = kind.of(content);
      ByteBuffer out = roomFor(in);
      // A CR at the very end may yet be followed by LF.
      if (bare < 0 || (bare == content.length() - 1 && content.endsWith("\r"))) {
        State state = DotStuffing.stuff(in, out, State.START, BareNewlines.REJECT);
        DotStuffing.terminate(out, state);
        assertThat(BufferKind.written(out))
            .as("seed %d", seed)
            .isEqualTo(NaiveContent.stuffed(content));
      } else {
        refused++;
        int from = in.position();
        assertThatThrownBy(() -> DotStuffing.stuff(in, out, State.START, BareNewlines.REJECT))
            .as("seed %d", seed)
            .isInstanceOf(SmtpSyntaxException.class)
            .hasMessageEndingWith(" at offset " + bare);
        assertThat(in.position() - from).as("seed %d", seed).isEqualTo(bare);
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ".", "\r\n"})
  void rejectNoticesABareCrAtTheEndOfTheChunkBefore(String next) {
    ByteBuffer out = ByteBuffer.allocate(20);
    State state = DotStuffing.stuff(BufferKind.HEAP.of("a\r"), out, State.START, REJECT);

    assertThatThrownBy(() -> DotStuffing.stuff(BufferKind.HEAP.of(next), out, state, REJECT))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("bare CR in the content at offset -1");
    assertThat(BufferKind.written(out)).isEqualTo("a\r");
  }

  @Test
  void aFullOutputLeavesTheRestInPlace() {
    ByteBuffer in = BufferKind.DIRECT.of("ab\r\n.c");
    ByteBuffer out = ByteBuffer.allocate(5);

    State state = DotStuffing.stuff(in, out, State.START, BareNewlines.NORMALISE);

    assertThat(BufferKind.written(out)).isEqualTo("ab\r\n.");
    assertThat(in.remaining()).isEqualTo(2);
    assertThat(DotStuffing.stuff(in, ByteBuffer.allocate(0), state, REJECT)).isEqualTo(state);
    out.clear();
    DotStuffing.stuff(in, out, state, BareNewlines.NORMALISE);
    assertThat(BufferKind.written(out)).isEqualTo(".c");
  }
}
