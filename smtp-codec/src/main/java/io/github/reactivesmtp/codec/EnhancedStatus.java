package io.github.reactivesmtp.codec;

import org.jspecify.annotations.Nullable;

/**
 * An enhanced mail system status code such as 5.1.1 (RFC 3463 §2).
 *
 * @param statusClass 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999: 1 addressing, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6
 *     content, 7 policy
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {

  /**
   * @throws SmtpSyntaxException if a part is out of its range
   */
  public EnhancedStatus {
    if ((statusClass != 2 && statusClass != 4 && statusClass != 5)
        || subject < 0
        || subject > 999
        || detail < 0
        || detail > 999) {
      throw new SmtpSyntaxException(
          "no enhanced status code: " + statusClass + "." + subject + "." + detail);
    }
  }

  /** The code a text begins with, followed by white space or the end; null if there is none. */
  public static @Nullable EnhancedStatus parse(String text) {
    if (text.length() < 5 || text.charAt(1) != '.') {
      return null;
    }
    char statusClass = text.charAt(0);
    if (statusClass != '2' && statusClass != '4' && statusClass != '5') {
      return null;
    }
    int subjectEnd = digitsEnd(text, 2);
    if (subjectEnd == 2 || subjectEnd >= text.length() || text.charAt(subjectEnd) != '.') {
      return null;
    }
    int detailEnd = digitsEnd(text, subjectEnd + 1);
    if (detailEnd == subjectEnd + 1
        || (detailEnd < text.length() && !isSpace(text.charAt(detailEnd)))) {
      return null;
    }
    return new EnhancedStatus(
        statusClass - '0', number(text, 2, subjectEnd), number(text, subjectEnd + 1, detailEnd));
  }

  /** The code as on the wire, for instance {@code 2.1.5}. */
  @Override
  public String toString() {
    return statusClass + "." + subject + "." + detail;
  }

  /** The end of the up to three digits (RFC 3463 §2) that start there. */
  private static int digitsEnd(String text, int from) {
    int i = from;
    while (i < text.length() && i < from + 3 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
