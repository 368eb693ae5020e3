package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import java.util.List;

/** Any content for BDAT, cut anywhere: every line ended by CRLF, and nothing else changed. */
class LineEndingsFuzzTest {

  @FuzzTest
  void leavesAsTheNaiveWayHasIt(byte[] octets) {
    String content = new String(octets, ISO_8859_1);
    String expected = NaiveContent.normalised(content);
    assertEquals(-1, NaiveContent.bareNewline(expected));
    int room = 1;
    for (List<ByteBuffer> chunks : Cuts.of(octets)) {
      assertEquals(expected, sent(chunks, room += 2));
    }
  }

  private static String sent(List<ByteBuffer> chunks, int room) {
    StringBuilder sent = new StringBuilder();
    ByteBuffer out = ByteBuffer.allocate(room);
    State state = State.START;
    for (ByteBuffer in : chunks) {
      int clean = LineEndings.cleanPrefix(in, state);
      if (clean > room) {
        state = LineEndings.stateAfter(in, clean, state);
        sent.append(ISO_8859_1.decode(in.duplicate().limit(in.position() + clean)));
        in.position(in.position() + clean);
      }
      while (in.hasRemaining()) {
        state = LineEndings.normalise(in, out.clear(), state, BareNewlines.NORMALISE);
        sent.append(ISO_8859_1.decode(out.flip()));
      }
    }
    LineEndings.finish(out.clear(), state);
    return sent.append(ISO_8859_1.decode(out.flip())).toString();
  }
}
