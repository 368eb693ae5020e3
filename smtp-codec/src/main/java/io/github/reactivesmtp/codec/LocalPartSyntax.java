package io.github.reactivesmtp.codec;

/** What stands before the {@code @}: dot-string or quoted string (RFC 5321 §4.1.2). */
final class LocalPartSyntax {

  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private LocalPartSyntax() {}

  /** Where the local part that the text starts with ends, or -1 if it starts with none. */
  static int end(String text) {
    return text.startsWith("\"") ? quotedStringEnd(text) : dotStringEnd(text);
  }

  /** The local part as it goes on the wire: itself if it is a dot-string, else quoted. */
  static String quoteIfNeeded(String localPart) {
    if (localPart.isEmpty()) {
      throw new SmtpSyntaxException("empty local part");
    }
    if (dotStringEnd(localPart) == localPart.length()) {
      return localPart;
    }
    StringBuilder quoted = new StringBuilder(localPart.length() + 4).append('"');
    int codePoint;
    for (int i = 0; i < localPart.length(); i += Character.charCount(codePoint)) {
      codePoint = localPart.codePointAt(i);
      if (!WireText.isText(codePoint)) {
        throw WireText.illegal("local part has a character that is not allowed", localPart);
      }
      if (codePoint == '"' || codePoint == '\\') {
        quoted.append('\\');
      }
      quoted.appendCodePoint(codePoint);
    }
    return quoted.append('"').toString();
  }

  private static int dotStringEnd(String text) {
    int i = 0;
    int codePoint = '.';
    while (i < text.length()) {
      int next = text.codePointAt(i);
      if (next == '.' ? codePoint == '.' : !isAtext(next)) {
        break;
      }
      codePoint = next;
      i += Character.charCount(next);
    }
    return codePoint == '.' ? -1 : i;
  }

  private static int quotedStringEnd(String text) {
    int i = 1;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint == '"') {
        return i;
      }
      if (codePoint == '\\') {
        // A backslash quotes one printable ASCII character, nothing else.
        if (i == text.length() || text.charAt(i) < ' ' || text.charAt(i) >= 0x7F) {
          return -1;
        }
        i++;
      } else if (!WireText.isText(codePoint)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isAtext(int codePoint) {
    return codePoint < 0x80
        ? WireText.isAsciiLetterOrDigit(codePoint) || ATEXT_SPECIALS.indexOf(codePoint) >= 0
        : WireText.isText(codePoint);
  }
}
