package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any octets, cut anywhere: the replies that a naive reading finds, and no other exception. */
class ReplyParserFuzzTest {

  @FuzzTest
  void readsWhatTheNaiveWayReads(byte[] octets) {
    for (List<ByteBuffer> arriving : Cuts.of(octets)) {
      check(octets, arriving, 2048, 512, 65_536);
    }
    for (List<ByteBuffer> arriving : Cuts.of(octets)) {
      check(octets, arriving, 24, 3, 50);
    }
  }

  private static void check(
      byte[] octets, List<ByteBuffer> arriving, int maxLine, int maxLines, int maxTotal) {
    ReplyParser parser = new ReplyParser(maxLine, maxLines, maxTotal);
    List<SmtpReply> replies = new ArrayList<>();
    boolean failed = false;
    try {
      for (ByteBuffer in : arriving) {
        SmtpReply reply;
        while ((reply = parser.parse(in)) != null) {
          replies.add(reply);
        }
        assertFalse(in.hasRemaining());
      }
    } catch (SmtpSyntaxException e) {
      failed = true;
      assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
      ByteBuffer good = ByteBuffer.wrap("250 ok\r\n".getBytes(US_ASCII));
      assertThrows(SmtpSyntaxException.class, () -> parser.parse(good));
    }
    NaiveReplies expected = NaiveReplies.of(octets, maxLine, maxLines, maxTotal);
    assertEquals(expected.replies(), replies);
    assertEquals(expected.failed(), failed);
    for (SmtpReply reply : replies) {
      assertTrue(reply.lines().size() <= maxLines && reply.text().length() <= maxTotal);
      assertFalse(Fuzz.hasControls(reply.toString()), reply.toString());
      assertEquals(reply, reread(reply));
      EnhancedStatus status = reply.enhancedStatus();
      assertTrue(status == null || status.statusClass() == reply.code() / 100);
    }
  }

  private static SmtpReply reread(SmtpReply reply) {
    ByteBuffer wire = ByteBuffer.allocate(reply.encodedLength());
    reply.writeTo(wire);
    return new ReplyParser(1 << 20, 1 << 20, 1 << 20).parse(wire.flip());
  }
}
