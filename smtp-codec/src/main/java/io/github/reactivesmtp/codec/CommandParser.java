package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads commands as a server gets them: fed with whatever has arrived, split anywhere, with bounded
 * memory. Not thread-safe; one for each connection.
 *
 * <p>As lenient as common servers are: verbs and keywords in any case, a bare LF as line end,
 * spaces after {@code FROM:} and {@code TO:} and at the end of a line, source routes (which are
 * dropped, RFC 5321 appendix C). Control characters, a bare CR among them, are refused, and so is
 * what is not UTF-8.
 */
public final class CommandParser {

  private static final int INITIAL_OCTETS = 128;

  private final int maxLineOctets;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private byte[] line = new byte[INITIAL_OCTETS];
  private int length;
  private boolean skipping;

  /** Takes lines of up to {@value CodecLimits#EXTENDED_COMMAND_LINE} octets. */
  public CommandParser() {
    this(CodecLimits.EXTENDED_COMMAND_LINE);
  }

  /**
   * @param maxLineOctets the longest line to take, with its end; at least {@value
   *     CodecLimits#COMMAND_LINE}
   * @throws IllegalArgumentException if it is less
   */
  public CommandParser(int maxLineOctets) {
    if (maxLineOctets < CodecLimits.COMMAND_LINE) {
      throw new IllegalArgumentException("maxLineOctets: " + maxLineOctets);
    }
    this.maxLineOctets = maxLineOctets;
  }

  /**
   * Reads the next command, relative; what follows its line is left in {@code in}.
   *
   * @return null if {@code in} holds no more whole line; what it holds is kept here
   * @throws SmtpSyntaxException if the line is no command: with reply code 500 if it is unknown,
   *     too long or not text, with 501 if its arguments are wrong. The line has been consumed and
   *     the next call goes on behind it; of a line too long, the rest is skipped as it arrives.
   */
  public @Nullable SmtpCommand parse(ByteBuffer in) {
    String text = parseLine(in);
    return text == null ? null : CommandSyntax.parse(text);
  }

  /**
   * Reads the next line as it is, without its end: an answer to a challenge of AUTH (RFC 4954 §4).
   *
   * @return null if {@code in} holds no more whole line; what it holds is kept here
   * @throws SmtpSyntaxException with reply code 500 if the line is too long or not text
   */
  public @Nullable String parseLine(ByteBuffer in) {
    while (in.hasRemaining()) {
      int octets = octetsOfLine(in);
      boolean complete = in.get(in.position() + octets - 1) == '\n';
      if (skipping) {
        in.position(in.position() + octets);
        skipping = !complete;
      } else if (length + octets > maxLineOctets) {
        in.position(in.position() + octets);
        skipping = !complete;
        length = 0;
        throw new SmtpSyntaxException(500, "line longer than " + maxLineOctets + " octets");
      } else {
        append(in, octets);
        return complete ? takeLine() : null;
      }
    }
    return null;
  }

  /** Up to and including the first LF, or all there is. */
  private static int octetsOfLine(ByteBuffer in) {
    int lineFeed = ByteScan.indexOf((byte) '\n', in, in.position(), in.limit());
    return Math.min(lineFeed + 1, in.limit()) - in.position();
  }

  private void append(ByteBuffer in, int octets) {
    if (length + octets > line.length) {
      line =
          Arrays.copyOf(line, Math.min(maxLineOctets, Math.max(2 * line.length, length + octets)));
    }
    in.get(line, length, octets);
    length += octets;
  }

  private String takeLine() {
    int end = length - 1;
    length = 0;
    if (end > 0 && line[end - 1] == '\r') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (line[i] < ' ' || line[i] == 0x7F) {
        return decode(end);
      }
    }
    return new String(line, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** A line with something else than printable ASCII. */
  private String decode(int end) {
    CharBuffer text;
    try {
      text = utf8.decode(ByteBuffer.wrap(line, 0, end));
    } catch (CharacterCodingException e) {
      SmtpSyntaxException failure = new SmtpSyntaxException(500, "line that is not UTF-8");
      failure.initCause(e);
      throw failure;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.get(i);
      if (!Character.isSurrogate(c) && !WireText.isText(c)) {
        throw new SmtpSyntaxException(500, "control character in a line");
      }
    }
    return text.toString();
  }
}
