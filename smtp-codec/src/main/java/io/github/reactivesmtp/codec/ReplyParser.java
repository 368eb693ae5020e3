package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies (RFC 5321 §4.2) from octets that arrive cut anywhere, in bounded memory.
 *
 * <p>Lenient where servers are known to stray: a code without a text, LF without CR, lines longer
 * than the 512 octets of RFC 5321 §4.5.3.1.5, texts in UTF-8. What a text cannot hold (malformed
 * UTF-8, NUL, a CR inside a line) becomes U+FFFD. Strict where replies could be told apart wrongly:
 * see {@link #parse}.
 *
 * <p>For one connection and one thread at a time.
 */
public final class ReplyParser {

  /** Octets of a line, its end included; four times what RFC 5321 §4.5.3.1.5 allows. */
  public static final int DEFAULT_MAX_LINE_OCTETS = 2048;

  /** Lines of a reply. The longest known, answers to EHLO and HELP, have a few dozen. */
  public static final int DEFAULT_MAX_LINES = 512;

  /** Octets of a reply. */
  public static final int DEFAULT_MAX_TOTAL_OCTETS = 65_536;

  private static final char REPLACEMENT = '\uFFFD';

  private final int maxLineOctets;
  private final int maxLines;
  private final int maxTotalOctets;

  private final RecentReplies recent = new RecentReplies();

  /** The octets from index 0 to the position are a line whose end has yet to come. */
  private ByteBuffer partialLine = ByteBuffer.allocate(128);

  /** The lines of a reply whose last line has yet to come. */
  private final List<String> partialReply = new ArrayList<>();

  private int partialReplyCode;
  private int partialReplyOctets;
  private @Nullable SmtpSyntaxException failure;

  /** A parser with the default limits. */
  public ReplyParser() {
    this(DEFAULT_MAX_LINE_OCTETS, DEFAULT_MAX_LINES, DEFAULT_MAX_TOTAL_OCTETS);
  }

  /**
   * A parser with limits of your own.
   *
   * @param maxLineOctets of a line, its end included; at least 4
   * @param maxLines of a reply; at least 1
   * @param maxTotalOctets of a reply, line ends included; at least 4
   */
  public ReplyParser(int maxLineOctets, int maxLines, int maxTotalOctets) {
    if (maxLineOctets < 4 || maxLines < 1 || maxTotalOctets < 4) {
      throw new IllegalArgumentException("limits too small for any reply");
    }
    this.maxLineOctets = maxLineOctets;
    this.maxLines = maxLines;
    this.maxTotalOctets = maxTotalOctets;
  }

  /**
   * Reads up to the end of the next reply; octets after it are left in {@code in}. Equal replies
   * may be the same instance.
   *
   * @return the reply; null if {@code in} is used up before one is complete
   * @throws SmtpSyntaxException if a line does not begin with a code from 200 to 599 followed by a
   *     space, a hyphen or the line's end, if the codes of one reply differ, or beyond a limit.
   *     Where the next reply begins is then unknown, so every later call throws again
   */
  public @Nullable SmtpReply parse(ByteBuffer in) {
    if (failure != null) {
      SmtpSyntaxException again = new SmtpSyntaxException("failed before: " + failure.getMessage());
      again.initCause(failure);
      throw again;
    }
    if (isEmpty()) {
      int from = in.position();
      SmtpReply expected = recent.expected(in, from, in.limit());
      if (expected != null) {
        in.position(from + recent.lastOctets());
        return expected;
      }
    }
    while (in.hasRemaining()) {
      int from = in.position();
      int lineFeed = ByteScan.indexOf((byte) '\n', in, from, in.limit());
      boolean complete = lineFeed < in.limit();
      int to = complete ? lineFeed + 1 : lineFeed;
      checkLimits(partialLine.position() + (to - from));
      SmtpReply reply = null;
      if (!complete) {
        keep(in, from, to);
      } else if (partialLine.position() == 0) {
        reply = line(in, from, to);
      } else {
        keep(in, from, to);
        reply = line(partialLine, 0, partialLine.position());
        partialLine.clear();
      }
      in.position(to);
      if (reply != null) {
        return reply;
      }
    }
    return null;
  }

  /** Whether no part of a reply is held back. */
  public boolean isEmpty() {
    return partialReply.isEmpty() && partialLine.position() == 0;
  }

  private void checkLimits(int lineOctets) {
    if (lineOctets > maxLineOctets) {
      throw fail("a reply line of more than " + maxLineOctets + " octets");
    }
    if (partialReplyOctets + lineOctets > maxTotalOctets) {
      throw fail("a reply of more than " + maxTotalOctets + " octets");
    }
    if (partialReply.size() == maxLines) {
      throw fail("a reply of more than " + maxLines + " lines");
    }
  }

  private void keep(ByteBuffer in, int from, int to) {
    int used = partialLine.position();
    int needed = used + (to - from);
    if (needed > partialLine.capacity()) {
      int doubled = Math.min(2 * partialLine.capacity(), maxLineOctets);
      partialLine =
          ByteBuffer.allocate(Math.max(needed, doubled)).put(partialLine.array(), 0, used);
    }
    partialLine.put(used, in, from, to - from).position(needed);
  }

  /** Takes one complete line, its end included; returns the reply if it is the last one. */
  private @Nullable SmtpReply line(ByteBuffer in, int from, int to) {
    boolean first = partialReply.isEmpty();
    SmtpReply known = first ? recent.find(in, from, to) : null;
    if (known != null) {
      return known;
    }
    byte[] line = new byte[to - from];
    in.get(from, line);
    int end = textEnd(line);
    int code = code(line, end);
    byte separator = end <= 3 ? (byte) ' ' : line[3];
    if (code < 200 || code > 599 || (separator != ' ' && separator != '-')) {
      throw fail("not a reply line: " + shown(line, end));
    }
    if (!first && code != partialReplyCode) {
      throw fail("a line with code " + code + " in a reply with code " + partialReplyCode);
    }
    if (first && separator == ' ') {
      SmtpReply reply = SmtpReply.parsed(code, line);
      recent.add(line, reply);
      return reply;
    }
    partialReply.add(text(line));
    if (separator == ' ') {
      SmtpReply reply = SmtpReply.parsed(code, List.copyOf(partialReply));
      partialReply.clear();
      partialReplyOctets = 0;
      return reply;
    }
    partialReplyCode = code;
    partialReplyOctets += line.length;
    return null;
  }

  /** The end of a line without its LF and any CR before that. */
  private static int textEnd(byte[] line) {
    int end = line.length - 1;
    while (end > 0 && line[end - 1] == '\r') {
      end--;
    }
    return end;
  }

  /** The number the first three octets write; -1 if they are not three digits. */
  private static int code(byte[] line, int end) {
    if (end < 3) {
      return -1;
    }
    int code = 0;
    for (int i = 0; i < 3; i++) {
      int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      code = 10 * code + digit;
    }
    return code;
  }

  /** The text of a line that has its end. */
  static String text(byte[] line) {
    int end = textEnd(line);
    return text(line, Math.min(4, end), end);
  }

  private static String text(byte[] line, int from, int end) {
    String text = new String(line, from, end - from, UTF_8);
    if (text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      return text.replace('\r', REPLACEMENT).replace('\0', REPLACEMENT);
    }
    return text;
  }

  private SmtpSyntaxException fail(String message) {
    failure = new SmtpSyntaxException(message);
    return failure;
  }

  /** The start of a line that is no reply: whoever sees it wants to know what is talking. */
  private static String shown(byte[] line, int end) {
    return SmtpReply.escape(text(line, 0, Math.min(end, 80)));
  }
}
