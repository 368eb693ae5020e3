package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link ReplyParser} must read, the slow and obvious way.
 *
 * @param replies each as its code and its texts
 * @param failed whether what follows them is no reply, or beyond a limit
 */
record NaiveReplies(List<SmtpReply> replies, boolean failed) {

  static NaiveReplies of(byte[] octets, int maxLine, int maxLines, int maxTotal) {
    List<SmtpReply> replies = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    String code = "";
    int total = 0;
    String rest = new String(octets, ISO_8859_1);
    while (!rest.isEmpty()) {
      int lineFeed = rest.indexOf('\n');
      int length = lineFeed < 0 ? rest.length() : lineFeed + 1;
      total += length;
      if (length > maxLine || total > maxTotal || texts.size() == maxLines) {
        return new NaiveReplies(replies, true);
      }
      if (lineFeed < 0) {
        break;
      }
      String line = rest.substring(0, lineFeed);
      rest = rest.substring(length);
      while (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!isReplyLine(line) || (!texts.isEmpty() && !line.startsWith(code))) {
        return new NaiveReplies(replies, true);
      }
      code = line.substring(0, 3);
      texts.add(text(line.length() < 4 ? "" : line.substring(4)));
      if (line.length() < 4 || line.charAt(3) == ' ') {
        replies.add(SmtpReply.of(Integer.parseInt(code), texts.toArray(String[]::new)));
        texts.clear();
        total = 0;
      }
    }
    return new NaiveReplies(replies, false);
  }

  private static boolean isReplyLine(String line) {
    return line.length() >= 3
        && "2345".indexOf(line.charAt(0)) >= 0
        && "0123456789".indexOf(line.charAt(1)) >= 0
        && "0123456789".indexOf(line.charAt(2)) >= 0
        && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
  }

  private static String text(String octets) {
    return new String(octets.getBytes(ISO_8859_1), UTF_8)
        .replace('\r', '\uFFFD')
        .replace('\0', '\uFFFD');
  }
}
