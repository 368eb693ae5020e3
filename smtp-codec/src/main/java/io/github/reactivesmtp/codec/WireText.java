package io.github.reactivesmtp.codec;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Text as octets: checks what may go out, measures it and writes it, without allocating. */
final class WireText {

  private static final int SHOWN_CHARS = 80;

  /** Digits of the largest {@code long}. */
  private static final int MAX_DECIMAL = 19;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private WireText() {}

  /**
   * Whether a code point may stand in a command at all: printable ASCII, space, or any character
   * beyond ASCII that is neither a control nor a line separator nor half a surrogate pair.
   */
  static boolean isText(int codePoint) {
    return codePoint < 0x80
        ? codePoint >= ' ' && codePoint < 0x7F
        : codePoint > 0x9F
            && codePoint != 0x2028
            && codePoint != 0x2029
            && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }

  /** Printable text that may contain spaces, but neither starts nor ends with one; not empty. */
  static void requireText(String what, String text) {
    if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
      throw illegal(what + " is empty or has a space at an end", text);
    }
    requireCharacters(what, text, true);
  }

  /** Printable text without spaces; not empty. */
  static void requireToken(String what, String text) {
    if (text.isEmpty()) {
      throw illegal(what + " is empty", text);
    }
    requireCharacters(what, text, false);
  }

  private static void requireCharacters(String what, String text, boolean spaces) {
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (!isText(codePoint) || (codePoint == ' ' && !spaces)) {
        throw illegal(what + " has a character that is not allowed", text);
      }
    }
  }

  /** Octets of well-formed text in UTF-8. */
  static int utf8Length(String text) {
    int chars = text.length();
    int octets = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A surrogate pair is two chars and four octets: one more for each half.
        octets += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return octets;
  }

  /** Writes well-formed text as UTF-8. */
  static void putUtf8(ByteBuffer out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out.put((byte) c);
      } else if (c < 0x800) {
        out.put((byte) (0xC0 | (c >> 6)));
        putContinuation(out, c);
      } else if (Character.isSurrogate(c)) {
        int codePoint = text.codePointAt(i++);
        out.put((byte) (0xF0 | (codePoint >> 18)));
        putContinuation(out, codePoint >> 12);
        putContinuation(out, codePoint >> 6);
        putContinuation(out, codePoint);
      } else {
        out.put((byte) (0xE0 | (c >> 12)));
        putContinuation(out, c >> 6);
        putContinuation(out, c);
      }
    }
  }

  private static void putContinuation(ByteBuffer out, int bits) {
    out.put((byte) (0x80 | (bits & 0x3F)));
  }

  /** Digits of a number that is not negative. */
  static int decimalLength(long number) {
    int length = 1;
    // Comparisons: a division takes ten times as long.
    for (long power = 10; length < MAX_DECIMAL && number >= power; power *= 10) {
      length++;
    }
    return length;
  }

  /** Writes a number that is not negative. */
  static void putDecimal(ByteBuffer out, long number) {
    int start = out.position();
    int end = start + decimalLength(number);
    long rest = number;
    for (int i = end - 1; i >= start; i--) {
      long tens = rest / 10;
      out.put(i, (byte) ('0' + (rest - 10 * tens)));
      rest = tens;
    }
    out.position(end);
  }

  static void putCrLf(ByteBuffer out) {
    out.put((byte) '\r').put((byte) '\n');
  }

  /** Refuses before the first octet is written, so that a failed write leaves no half command. */
  static void requireRoom(ByteBuffer out, int octets) {
    if (out.remaining() < octets) {
      throw new BufferOverflowException();
    }
  }

  static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Like {@link String#toLowerCase()} for one ASCII letter; every other character stays. */
  static char asciiLowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  /**
   * Upper case for ASCII letters only: with the full rules of Unicode, a dotless i would become a
   * keyword's I.
   */
  static String asciiUpperCase(String text) {
    int i = 0;
    while (i < text.length() && (text.charAt(i) < 'a' || text.charAt(i) > 'z')) {
      i++;
    }
    if (i == text.length()) {
      return text; // as keywords are written mostly
    }
    char[] upper = text.toCharArray();
    for (; i < upper.length; i++) {
      if (upper[i] >= 'a' && upper[i] <= 'z') {
        upper[i] = (char) (upper[i] & ~0x20);
      }
    }
    return new String(upper);
  }

  static boolean equalsIgnoreAsciiCase(String a, String b) {
    return a.length() == b.length() && startsWithIgnoreAsciiCase(a, b);
  }

  static boolean startsWithIgnoreAsciiCase(String text, String prefix) {
    int length = prefix.length();
    if (text.length() < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (asciiLowerCase(text.charAt(i)) != asciiLowerCase(prefix.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The error for an illegal text, which is shown escaped and cut to a readable length. */
  static SmtpSyntaxException illegal(String problem, String text) {
    StringBuilder message = new StringBuilder(problem).append(": '");
    for (int i = 0; i < text.length() && i < SHOWN_CHARS; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F) {
        message.append(c);
      } else {
        message.append("\\u").append(HEX.toHexDigits(c));
      }
    }
    return new SmtpSyntaxException(
        message.append(text.length() > SHOWN_CHARS ? "'…" : "'").toString());
  }
}
