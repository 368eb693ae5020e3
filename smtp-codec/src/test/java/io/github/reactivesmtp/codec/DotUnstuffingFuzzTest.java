package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.codec.DotUnstuffing.State;
import java.nio.ByteBuffer;
import java.util.List;

/** Any octets after DATA, cut anywhere: only CRLF.CRLF ends the content. */
class DotUnstuffingFuzzTest {

  @FuzzTest
  void endsWhereTheNaiveWayEnds(byte[] octets) {
    String wire = new String(octets, ISO_8859_1);
    int end = ("\r\n" + wire).indexOf("\r\n.\r\n");
    String read = end < 0 ? wire : wire.substring(0, end + 3);
    for (List<ByteBuffer> chunks : Cuts.of(octets)) {
      StringBuilder content = new StringBuilder();
      State state = State.START;
      int left = 0;
      for (ByteBuffer in : chunks) {
        ByteBuffer out = ByteBuffer.allocate(3);
        int before;
        do {
          before = in.position() + left;
          state = DotUnstuffing.unstuff(in, out.clear(), state);
          assertTrue(state == State.END || in.position() > before || !in.hasRemaining());
          content.append(ISO_8859_1.decode(out.flip()));
        } while (in.hasRemaining() && state != State.END);
        left += in.remaining();
      }
      assertEquals(end >= 0, state == State.END);
      assertEquals(wire.length() - read.length(), left);
      assertEquals(naive(read, state), content.toString());
    }
  }

  private static String naive(String read, State state) {
    String lines = "\r\n" + read;
    if (state == State.END) {
      lines = lines.substring(0, lines.length() - 3);
    } else if (state == State.DOT_CR) {
      lines = lines.substring(0, lines.length() - 1); // perhaps the end: held back
    }
    return lines.replace("\r\n.", "\r\n").substring(2);
  }
}
