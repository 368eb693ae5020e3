package io.github.reactivesmtp.benchmarks.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Random;

/** Content made by seeded code: the same octets in each run. It is whole lines, each with CR LF. */
public enum Corpus {
  /** Words in lines of up to 72 characters, paragraphs with empty lines between them. */
  PLAIN,
  /**
   * As PLAIN, with a dot at the start of each line but the first: commons-net does not stuff one
   * there, and would not pass the check.
   */
  DOTS,
  /** An attachment: lines of 76 characters of Base64. */
  BASE64;

  private static final int LINE = 72;
  private static final int BASE64_LINE_OCTETS = 57;

  /** That many octets of content. */
  public byte[] octets(int length) {
    Random random = new Random(length);
    StringBuilder content = new StringBuilder(length + 2 * LINE);
    while (content.length() < length) {
      if (this == BASE64) {
        byte[] octets = new byte[BASE64_LINE_OCTETS];
        random.nextBytes(octets);
        content.append(Base64.getEncoder().encodeToString(octets)).append("\r\n");
      } else {
        addParagraph(content, random);
      }
    }
    // Cut to the length, the last line ended where it is cut.
    int end = length - 2;
    while (content.charAt(end - 1) < ' ') {
      content.setCharAt(--end, 'x');
    }
    content.setLength(length - 2);
    return content.append("\r\n").toString().getBytes(US_ASCII);
  }

  private void addParagraph(StringBuilder content, Random random) {
    String start = this == DOTS ? "." : "";
    content.append(content.length() == 0 ? "" : start);
    int column = 0;
    for (int words = 20 + random.nextInt(80); words > 0; words--) {
      int letters = 1 + random.nextInt(5) + random.nextInt(6);
      if (column + 1 + letters > LINE) {
        content.append("\r\n").append(start);
        column = 0;
      } else if (column > 0) {
        content.append(' ');
        column++;
      }
      for (int i = 0; i < letters; i++) {
        content.append((char) ('a' + random.nextInt(26)));
      }
      column += letters;
    }
    content.append(".\r\n").append(start).append("\r\n");
  }
}
