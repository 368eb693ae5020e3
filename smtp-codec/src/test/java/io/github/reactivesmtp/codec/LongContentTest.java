package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of several blocks, with something odd at each place that could be a boundary. */
class LongContentTest {

  private static final int LENGTH = 3 * ContentBlock.OCTETS + 77;

  /** Around the first lines, and around the boundaries of blocks, wherever those begin. */
  private static IntStream places() {
    return IntStream.of(0, 1, 2, 200, 255, 256, 257, 300, LENGTH - 3, LENGTH - 2, LENGTH - 1)
        .boxed()
        .flatMap(
            place ->
                IntStream.of(0, ContentBlock.OCTETS, 2 * ContentBlock.OCTETS)
                    .mapToObj(block -> place + block))
        .mapToInt(Integer::intValue)
        .filter(place -> place < LENGTH);
  }

  /** Whole lines of text, from 1 to 72 characters and their CR LF. */
  private static String text(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      text.append("x".repeat(1 + random.nextInt(72))).append("\r\n");
    }
    return text.substring(0, LENGTH);
  }

  private static String with(String text, int place, String odd) {
    return text.substring(0, place) + odd + text.substring(place);
  }

  private static void check(BufferKind kind, String content) {
    int bare = NaiveContent.bareNewline(content);
    int openEnd = content.endsWith("\r") ? content.length() - 1 : -1;
    int firstBare = bare < 0 || bare == openEnd ? content.length() : bare;
    int dot = ("\r\n" + content).indexOf("\r\n.");
    int firstDot = dot < 0 ? content.length() : dot;
    ByteBuffer in = kind.of(content);

    assertThat(DotStuffing.cleanPrefix(in, State.START)).isEqualTo(Math.min(firstBare, firstDot));
    assertThat(LineEndings.cleanPrefix(in, State.START)).isEqualTo(firstBare);
    assertThat(stuffed(kind, List.of(content))).isEqualTo(NaiveContent.stuffed(content));
    assertThat(normalised(kind.of(content))).isEqualTo(NaiveContent.normalised(content));
    ContentScan scan = new ContentScan();
    scan.accept(in);
    assertThat(scan.normalisedLength()).isEqualTo(NaiveContent.normalised(content).length());
    assertThat(scan.bareNewlines()).isEqualTo(bare >= 0);
    assertThat(scan.eightBit()).isEqualTo(content.chars().anyMatch(c -> c > 127));
    assertThat(scan.needsStuffing())
        .isEqualTo(("\r\n" + NaiveContent.normalised(content)).contains("\r\n."));
    assertThat(refusedAt(kind.of(content))).isEqualTo(firstBare);
  }

  private static String stuffed(BufferKind kind, List<String> chunks) {
    StringBuilder sent = new StringBuilder();
    State state = State.START;
    for (String chunk : chunks) {
      ByteBuffer in = kind.of(chunk);
      ByteBuffer out = ByteBuffer.allocate(DotStuffing.maxStuffedLength(chunk.length()));
      state = DotStuffing.stuff(in, out, state, BareNewlines.NORMALISE);
      assertThat(in.hasRemaining()).isFalse();
      sent.append(BufferKind.written(out));
    }
    ByteBuffer end = ByteBuffer.allocate(DotStuffing.MAX_TERMINATOR);
    DotStuffing.terminate(end, state);
    return sent.append(BufferKind.written(end)).toString();
  }

  private static String normalised(ByteBuffer in) {
    ByteBuffer out = ByteBuffer.allocateDirect(2 * in.remaining() + 2);
    State state = LineEndings.normalise(in, out, State.START, BareNewlines.NORMALISE);
    LineEndings.finish(out, state);
    return BufferKind.written(out);
  }

  /** Where the first bare newline is according to REJECT; the length if there is none. */
  private static int refusedAt(ByteBuffer in) {
    int from = in.position();
    ByteBuffer out = ByteBuffer.allocate(2 * in.remaining() + 2);
    try {
      DotStuffing.stuff(in, out, State.START, BareNewlines.REJECT);
    } catch (SmtpSyntaxException e) {
      assertThat(e).hasMessageEndingWith(" at offset " + (in.position() - from));
    }
    return in.position() - from;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\r",
        "\r\n",
        "\r\n.",
        "\r\n..",
        "\r\r\n",
        "\n\r",
        "\n.",
        "\r.",
        "\n\n",
        ".",
        "\f",
        "\u000b",
        "\r\f\n",
        "\r\n\u000b",
        "\r\n\u000b\n",
        "\r\f",
        "\r\n/",
        "\r\n./",
        "\u00e9",
        "\0"
      })
  void somethingOddAtEachBoundary(String odd) {
    String text = text(odd.hashCode());
    places().forEach(place -> check(BufferKind.HEAP, with(text, place, odd)));
    check(BufferKind.DIRECT, text + odd);
  }

  @ParameterizedTest
  @EnumSource
  void somethingOddWithinALineOfTheSecondBlock(BufferKind kind) {
    for (int place = ContentBlock.OCTETS; place < ContentBlock.OCTETS + 300; place++) {
      check(kind, with(text(1), place, "\r\n.\n"));
    }
  }

  /** Where a block ends after a line, within its CR LF, or before that. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2})
  void aDotAtTheStartOfTheLineThatBeginsWithABlock(int past) {
    String line = "y".repeat(ContentBlock.OCTETS - 2 + past) + "\r\n";
    for (String next : new String[] {".\r\n", "..", "z.\r\n", ""}) {
      check(BufferKind.HEAP, line + next + "0123456789abcde\r\n".repeat(100));
      check(BufferKind.DIRECT, line + next);
    }
  }

  /** Blocks that are not full, of each length modulo a word; what was there before is no part. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r", "\r\n.", ".", "\u00e9"})
  void somethingOddAnywhereInAShortBlock(String odd) {
    check(BufferKind.HEAP, "\n.\r\u00e9".repeat(ContentBlock.OCTETS));
    for (int length = 270; length < 290; length++) {
      String text = text(length).substring(0, length);
      for (int place = 0; place <= length; place++) {
        check(BufferKind.HEAP, with(text, place, odd));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 17, 18, 100, ContentBlock.OCTETS - 1, ContentBlock.OCTETS + 1})
  void aScanGoesOnWhereverItWasCut(int cut) {
    for (String odd : new String[] {"", "\n", "\r", ".", "\u00e9"}) {
      String content = with("0123456789abcde\r\n".repeat(200), cut, odd);
      ContentScan scan = new ContentScan();
      scan.accept(BufferKind.HEAP.of(content.substring(0, cut)));
      scan.accept(BufferKind.DIRECT.of(content.substring(cut)));
      String normalised = NaiveContent.normalised(content);
      assertThat(scan.normalisedLength()).as(odd).isEqualTo(normalised.length());
      assertThat(scan.bareNewlines()).isEqualTo(NaiveContent.bareNewline(content) >= 0);
      assertThat(scan.eightBit()).isEqualTo(content.contains("\u00e9"));
      assertThat(scan.needsStuffing()).isEqualTo(("\r\n" + normalised).contains("\r\n."));
    }
  }

  @Test
  void nothingOddAtAll() {
    String content = text(7) + "\r\n";
    check(BufferKind.DIRECT, content.replace("x\r\r\n", "xx\r\n"));
    check(BufferKind.HEAP, "y".repeat(LENGTH));
    check(BufferKind.HEAP, "\r\n".repeat(LENGTH));
    check(BufferKind.HEAP, ".\r\n".repeat(LENGTH));
    check(BufferKind.HEAP, "z\n".repeat(LENGTH));
    check(BufferKind.HEAP, "\r".repeat(LENGTH));
  }

  @Test
  void cutNearEachBoundaryItGoesOnAsIfWhole() {
    String content = with(with(text(3), 4000, "\r\n.\r"), 5000, ".\n.");
    String expected = NaiveContent.stuffed(content);
    places()
        .forEach(
            cut ->
                assertThat(
                        stuffed(
                            BufferKind.DIRECT,
                            List.of(content.substring(0, cut), content.substring(cut))))
                    .as("cut at %d", cut)
                    .isEqualTo(expected));
  }

  /** Room for a block and a few octets more or less. */
  @Test
  void theOutputMayEndAnywhereInABlock() {
    String content = with(text(4), 2 * ContentBlock.OCTETS - 9, "\r\n.a\nb\rc");
    String expected = NaiveContent.normalised(content).replace("\r\n.", "\r\n..");
    for (int room = ContentBlock.OCTETS - 80; room < ContentBlock.OCTETS + 80; room++) {
      ByteBuffer in = BufferKind.HEAP.of(content);
      List<String> sent = new ArrayList<>();
      State state = State.START;
      while (in.hasRemaining()) {
        ByteBuffer out = ByteBuffer.allocate(room);
        state = DotStuffing.stuff(in, out, state, BareNewlines.NORMALISE);
        assertThat(out.hasRemaining() && in.hasRemaining()).as("%d full", room).isFalse();
        sent.add(BufferKind.written(out));
      }
      ByteBuffer end = ByteBuffer.allocate(2);
      LineEndings.finish(end, state);
      sent.add(BufferKind.written(end));
      assertThat(String.join("", sent)).as("room %d", room).isEqualTo(expected);
    }
  }

  /** What blocks are for: clean ones are seen to be clean, as what is next to them is not. */
  @Test
  void aBlockIsCleanOrNot() {
    String line = "0123456789abcde\r\n";
    String clean = line.repeat(ContentBlock.OCTETS).substring(0, ContentBlock.OCTETS + 2);
    assertThat(isClean(clean, true)).isTrue();
    assertThat(isClean("." + clean.substring(1), true)).isFalse();
    assertThat(isClean("." + clean.substring(1), false)).isTrue();
    assertThat(isClean("\n" + clean.substring(1), false)).isFalse();
    for (int place = 1; place < ContentBlock.OCTETS; place++) {
      String before = clean.substring(0, place);
      String after = clean.substring(place + 1);
      assertThat(isClean(before + "\u00e9" + after, true))
          .as("é at %d", place)
          .isEqualTo(clean.charAt(place) >= ' ');
      assertThat(isClean(before + "\n" + after, true))
          .as("LF at %d", place)
          .isEqualTo(clean.charAt(place) == '\n');
      assertThat(isClean(before + "\r" + after, true))
          .as("CR at %d", place)
          .isEqualTo(clean.charAt(place) == '\r');
      assertThat(isClean(before + "." + after, true))
          .as("dot at %d", place)
          .isEqualTo(clean.charAt(place) >= ' ' && clean.charAt(place - 1) >= ' ');
    }
  }

  private static boolean isClean(String octets, boolean lineStart) {
    ContentBlock block = ContentBlock.ofThread();
    block.load(ByteBuffer.wrap(octets.getBytes(ISO_8859_1)), 0, octets.length());
    return block.isClean(block.wholeLength(), lineStart, true);
  }
}
