package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.DotUnstuffing.State;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DotUnstuffingTest {

  /** What a server takes for the content, and the state it ends in. */
  private record Received(String content, State state, String rest) {}

  private static Received receive(BufferKind kind, List<String> chunks, Random random) {
    StringBuilder content = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    State state = State.START;
    for (String chunk : chunks) {
      ByteBuffer in = kind.of(chunk);
      while (in.hasRemaining() && state != State.END) {
        int room = random.nextBoolean() ? in.remaining() + 1 : 1 + random.nextInt(20);
        ByteBuffer out = ByteBuffer.allocate(room);
        state = DotUnstuffing.unstuff(in, out, state);
        content.append(BufferKind.written(out));
        assertThat(room > chunk.length() && state != State.END && in.hasRemaining())
            .as("all taken when there is room for all")
            .isFalse();
      }
      rest.append(chunk, chunk.length() - in.remaining(), chunk.length());
    }
    return new Received(content.toString(), state, rest.toString());
  }

  @ParameterizedTest
  @EnumSource
  void takesBackWhatStuffingAdded(BufferKind kind) {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String content = RandomContent.next(random);
      String wire = NaiveContent.stuffed(content) + "MAIL FROM:<>\r\n";

      Received received = receive(kind, RandomContent.cut(wire, random), random);

      assertThat(received)
          .as("seed %d", seed)
          .isEqualTo(new Received(NaiveContent.normalised(content), State.END, "MAIL FROM:<>\r\n"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wildInputIsReadTheSameHoweverItIsCut(BufferKind kind) {
    int ended = 0;
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String wire = RandomContent.next(random);

      Received received = receive(kind, RandomContent.cut(wire, random), random);

      assertThat(received).as("seed %d", seed).isEqualTo(naive(wire));
      ended += received.state() == State.END ? 1 : 0;
    }
    assertThat(ended).as("some end").isPositive();
  }

  /**
   * Octet by octet over the whole: the end is looked for in the text, dots are taken away after.
   */
  private static Received naive(String wire) {
    String lines = "\r\n" + wire;
    int end = lines.indexOf("\r\n.\r\n");
    String content = (end < 0 ? lines : lines.substring(0, end + 2)).replace("\r\n.", "\r\n");
    content = content.substring(2);
    if (end >= 0) {
      return new Received(content, State.END, lines.substring(end + 5));
    }
    if (lines.endsWith("\r\n.\r")) {
      return new Received(content.substring(0, content.length() - 1), State.DOT_CR, "");
    }
    State state = State.MID_LINE;
    if (lines.endsWith("\r\n.")) {
      state = State.DOT;
    } else if (lines.endsWith("\r\n")) {
      state = State.LINE_START;
    } else if (lines.endsWith("\r")) {
      state = State.AFTER_CR;
    }
    return new Received(content, state, "");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'.\\r\\n'|''|END",
        "'\\r\\n.\\r\\n'|'\\r\\n'|END",
        "'a\\r\\n.\\r\\n'|'a\\r\\n'|END",
        "'..\\r\\n.\\r\\n'|'.\\r\\n'|END",
        "'.a\\r\\n'|'a\\r\\n'|LINE_START",
        "'a\\n.\\n'|'a\\n.\\n'|MID_LINE",
        "'a\\n.\\r\\n'|'a\\n.\\r\\n'|LINE_START",
        "'a\\r.\\r\\n'|'a\\r.\\r\\n'|LINE_START",
        "'a\\r.\\r'|'a\\r.\\r'|AFTER_CR",
        "'a\\r\\n.\\n'|'a\\r\\n\\n'|MID_LINE",
        "'a\\r\\n.\\r'|'a\\r\\n'|DOT_CR",
        "'a\\r\\n.\\rb'|'a\\r\\n\\rb'|MID_LINE",
        "'a\\r\\n.\\r\\r\\n'|'a\\r\\n\\r\\r\\n'|LINE_START",
        "'a\\r\\n\\0.\\r\\n'|'a\\r\\n\\0.\\r\\n'|LINE_START",
      },
      delimiter = '|')
  void onlyADotOnALineOfItsOwnEndsTheContent(String wire, String content, State state) {
    String octets = wire.translateEscapes();
    Received expected = new Received(content.translateEscapes(), state, "");
    Random random = new Random(1);

    assertThat(receive(BufferKind.HEAP, List.of(octets), random)).isEqualTo(expected);
    assertThat(receive(BufferKind.DIRECT, List.of(octets.split("(?s)(?<=.)")), random))
        .as("octet by octet")
        .isEqualTo(expected);
  }

  @Test
  void theEndStays() {
    ByteBuffer in = BufferKind.HEAP.of("more");
    int position = in.position();

    assertThat(DotUnstuffing.unstuff(in, ByteBuffer.allocate(9), State.END)).isEqualTo(State.END);
    assertThat(in.position()).isEqualTo(position);
  }
}
