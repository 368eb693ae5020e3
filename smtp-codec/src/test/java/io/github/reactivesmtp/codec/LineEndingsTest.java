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
import org.junit.jupiter.params.provider.EnumSource;

class LineEndingsTest {

  @ParameterizedTest
  @EnumSource
  void randomContentCutAnywhereEqualsTheNaiveWayAndTheScan(BufferKind kind) {
    for (int seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      String content = RandomContent.next(random);
      List<String> chunks = RandomContent.cut(content, random);
      ContentScan scan = new ContentScan();
      for (String chunk : RandomContent.cut(content, random)) {
        scan.accept(kind.of(chunk));
      }

      String sent = sent(kind, chunks, random);

      assertThat(sent).as("seed %d", seed).isEqualTo(NaiveContent.normalised(content));
      assertThat(scan.normalisedLength()).as("seed %d", seed).isEqualTo(sent.length());
      assertThat(scan.needsStuffing()).as("seed %d", seed).isEqualTo(("\n" + sent).contains("\n."));
      assertThat(scan.bareNewlines())
          .as("seed %d", seed)
          .isEqualTo(NaiveContent.bareNewline(content) >= 0);
      assertThat(scan.eightBit()).as("seed %d", seed).isEqualTo(content.contains("\u00e9"));
    }
  }

  private static String sent(BufferKind kind, List<String> chunks, Random random) {
    StringBuilder sent = new StringBuilder();
    State state = State.START;
    for (String chunk : chunks) {
      ByteBuffer in = kind.of(chunk);
      if (random.nextBoolean()) {
        int clean = LineEndings.cleanPrefix(in, state);
        state = LineEndings.stateAfter(in, clean, state);
        sent.append(chunk, 0, clean);
        in.position(in.position() + clean);
      }
      while (in.hasRemaining()) {
        ByteBuffer out = ByteBuffer.allocate(1 + random.nextInt(20));
        state = LineEndings.normalise(in, out, state, BareNewlines.NORMALISE);
        sent.append(BufferKind.written(out));
      }
    }
    ByteBuffer end = ByteBuffer.allocate(LineEndings.MAX_FINISH);
    LineEndings.finish(end, state);
    return sent.append(BufferKind.written(end)).toString();
  }

  @Test
  void dotsAreLeftAlone() {
    ByteBuffer in = BufferKind.HEAP.of(".\r\n..\r\n.x");

    assertThat(LineEndings.cleanPrefix(in, State.START)).isEqualTo(in.remaining());
  }

  @Test
  void rejectRefusesWhatStandsAlone() {
    ByteBuffer out = ByteBuffer.allocate(20);

    assertThatThrownBy(
            () ->
                LineEndings.normalise(
                    BufferKind.HEAP.of(".a\r\n.\nb"), out, State.START, BareNewlines.REJECT))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("bare LF in the content at offset 5");
    assertThat(BufferKind.written(out)).isEqualTo(".a\r\n.");
  }

  @Test
  void theLastLineIsCompletedOrNothingIsWritten() {
    ByteBuffer tight = ByteBuffer.allocate(1);

    LineEndings.finish(tight, State.LINE_START);
    assertThat(tight.position()).isZero();
    assertThatThrownBy(() -> LineEndings.finish(tight, State.MID_LINE))
        .isInstanceOf(BufferOverflowException.class);
    assertThat(tight.position()).isZero();
    LineEndings.finish(tight, State.AFTER_CR);
    assertThat(BufferKind.written(tight)).isEqualTo("\n");
  }

  @Test
  void scanningLeavesTheBufferAsItIs() {
    ByteBuffer in = BufferKind.DIRECT.of("a\nb");
    int position = in.position();
    ContentScan scan = new ContentScan();

    scan.accept(in);

    assertThat(in.position()).isEqualTo(position);
    assertThat(scan.normalisedLength()).isEqualTo(6);
    assertThat(new ContentScan().normalisedLength()).isZero();
  }
}
