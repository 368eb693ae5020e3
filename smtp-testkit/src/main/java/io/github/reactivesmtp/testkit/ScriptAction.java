package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script rule makes the server do. */
sealed interface ScriptAction {

  /** What the server would have said anyway; octet by octet if {@code split}. */
  record Normal(boolean split) implements ScriptAction {}

  record Reply(SmtpReply reply, boolean split, boolean thenClose) implements ScriptAction {}

  /**
   * Octets as they are.
   *
   * @param reply what a client would read in them; null if no whole reply starts them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Raw(byte[] octets, @Nullable SmtpReply reply) implements ScriptAction {

    /** A reply of one line with so many octets, its CRLF included. */
    static Raw longLine(int code, int octets) {
      int filling = octets - (code + " \r\n").length();
      if (filling < 0) {
        throw new IllegalArgumentException("too short for a reply line: " + octets);
      }
      String line = code + " " + "x".repeat(filling) + "\r\n";
      return new Raw(line.getBytes(US_ASCII), SmtpReply.of(code, ""));
    }

    static Raw of(byte[] octets) {
      return new Raw(octets, read(octets));
    }

    private static @Nullable SmtpReply read(byte[] octets) {
      try {
        return new ReplyParser().parse(ByteBuffer.wrap(octets));
      } catch (SmtpSyntaxException notAReply) {
        return null; // what raw octets are for
      }
    }
  }

  /**
   * What the server would have said anyway, and one reply too many.
   *
   * @param pause before the extra reply and after it; the two are one packet if it is zero
   */
  record Extra(SmtpReply extra, Duration pause, boolean thenClose) implements ScriptAction {}

  /**
   * Octets that never end.
   *
   * @param start comes first
   * @param block comes again and again
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Endless(byte[] start, byte[] block) implements ScriptAction {

    /** Enough that few writes do, little enough to be held for each connection. */
    private static final int BLOCK_OCTETS = 16 * 1024;

    /** A reply of lines without end. */
    static Endless lines(int code) {
      String line = code + "-and so on\r\n";
      return new Endless(new byte[0], line.repeat(BLOCK_OCTETS / line.length()).getBytes(US_ASCII));
    }

    /** A line without end. */
    static Endless line(int code) {
      return new Endless(
          (code + " ").getBytes(US_ASCII), "x".repeat(BLOCK_OCTETS).getBytes(US_ASCII));
    }
  }

  /** The usual EHLO reply with other extensions. */
  record Advertise(List<String> extensions) implements ScriptAction {}

  /** Never another word on this connection. */
  record Hang() implements ScriptAction {}

  /** RST: the peer learns that the connection is gone, and nothing else. */
  record Reset() implements ScriptAction {}

  /** An orderly FIN. */
  record Close() implements ScriptAction {}
}
