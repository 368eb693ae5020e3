package io.github.reactivesmtp.benchmarks.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A message of plain text: lines of up to 76 octets that end in CRLF, no dot at a line's start.
 *
 * @param header the lines of the header, without the empty line after it
 * @param text what comes after the empty line
 */
public record MailText(String header, String text) {

  public static final String SUBJECT = "Load";

  private static final int LINE = 72;

  private static final String HEADER =
      "From: <%s>\r\n".formatted(Task.FROM)
          + "To: <%s>\r\n".formatted(Task.recipient(0))
          + "Subject: %s\r\n".formatted(SUBJECT)
          + "Date: Tue, 24 Nov 2026 06:00:00 +0000\r\n"
          + "Message-ID: <20261124060000.1@example.com>\r\n"
          + "MIME-Version: 1.0\r\n"
          + "Content-Type: text/plain; charset=us-ascii\r\n"
          + "Content-Transfer-Encoding: 7bit\r\n";

  /**
   * A message whose text has so many octets.
   *
   * @param size at least 2
   */
  public static MailText of(int size) {
    char[] text = new char[size];
    for (int i = 0; i < size; i++) {
      int column = i % (LINE + 2);
      text[i] =
          column < LINE ? (char) ('a' + (i * 7 + i / LINE) % 26) : "\r\n".charAt(column - LINE);
    }
    text[size - 2] = '\r';
    text[size - 1] = '\n';
    if (size > 2 && text[size - 3] == '\r') {
      text[size - 3] = 'x';
    }
    return new MailText(HEADER, new String(text));
  }

  /** The whole message as it is to arrive. */
  public byte[] octets() {
    return (header + "\r\n" + text).getBytes(US_ASCII);
  }
}
