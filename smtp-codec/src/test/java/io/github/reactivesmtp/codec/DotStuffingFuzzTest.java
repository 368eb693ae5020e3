package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import java.util.List;

/** Any content, cut anywhere, leaves as the naive way has it, with one end and no bare CR or LF. */
class DotStuffingFuzzTest {

  @FuzzTest
  void leavesAsTheNaiveWayHasIt(byte[] octets) {
    String content = new String(octets, ISO_8859_1);
    String expected = NaiveContent.stuffed(content);
    int room = 1;
    for (List<ByteBuffer> chunks : Cuts.of(octets)) {
      assertEquals(expected, sent(chunks, room += 2));
    }
    assertEquals(-1, NaiveContent.bareNewline(expected));
    assertEquals(expected.length() - 5, ("\r\n" + expected).indexOf("\r\n.\r\n") - 2);
    assertEquals(NaiveContent.normalised(content), unstuffed(expected));
    checkRejection(octets, content);
    checkScan(octets, content);
  }

  private static String sent(List<ByteBuffer> chunks, int room) {
    StringBuilder sent = new StringBuilder();
    ByteBuffer out = ByteBuffer.allocate(room + DotStuffing.MAX_TERMINATOR);
    State state = State.START;
    for (ByteBuffer in : chunks) {
      int clean = DotStuffing.cleanPrefix(in, state);
      if (clean > room) {
        state = DotStuffing.stateAfter(in, clean, state);
        sent.append(text(in.duplicate().limit(in.position() + clean)));
        in.position(in.position() + clean);
      }
      while (in.hasRemaining()) {
        state = DotStuffing.stuff(in, out.clear().limit(room), state, BareNewlines.NORMALISE);
        sent.append(text(out.flip()));
      }
    }
    DotStuffing.terminate(out.clear(), state);
    return sent.append(text(out.flip())).toString();
  }

  private static String unstuffed(String wire) {
    ByteBuffer in = ByteBuffer.wrap((wire + "QUIT").getBytes(ISO_8859_1));
    ByteBuffer out = ByteBuffer.allocate(in.remaining() + 1);
    assertEquals(
        DotUnstuffing.State.END, DotUnstuffing.unstuff(in, out, DotUnstuffing.State.START));
    assertEquals("QUIT", text(in));
    return text(out.flip());
  }

  private static void checkRejection(byte[] octets, String content) {
    int bare = NaiveContent.bareNewline(content);
    // A CR that is the last octet may yet get its LF.
    int expected = bare == octets.length - 1 && content.endsWith("\r") ? -1 : bare;
    ByteBuffer out = ByteBuffer.allocate(DotStuffing.maxStuffedLength(octets.length));
    int found = -1;
    try {
      DotStuffing.stuff(ByteBuffer.wrap(octets), out, State.START, BareNewlines.REJECT);
    } catch (SmtpSyntaxException e) {
      found = Integer.parseInt(e.getMessage().substring(e.getMessage().lastIndexOf(' ') + 1));
    }
    assertEquals(expected, found);
  }

  private static void checkScan(byte[] octets, String content) {
    ContentScan scan = new ContentScan();
    Cuts.of(octets).get(2).forEach(scan::accept);
    String normalised = NaiveContent.normalised(content);
    assertEquals(normalised.length(), scan.normalisedLength());
    assertEquals(NaiveContent.bareNewline(content) >= 0, scan.bareNewlines());
    assertEquals(("\r\n" + normalised).contains("\r\n."), scan.needsStuffing());
    assertEquals(content.chars().anyMatch(c -> c > 127), scan.eightBit());
  }

  private static String text(ByteBuffer octets) {
    return ISO_8859_1.decode(octets).toString();
  }
}
