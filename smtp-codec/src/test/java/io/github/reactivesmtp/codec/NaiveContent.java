package io.github.reactivesmtp.codec;

/** What the content filters must do, written the slow and obvious way. */
final class NaiveContent {

  private NaiveContent() {}

  /** Every line end as CR LF, the last line completed. */
  static String normalised(String content) {
    String lines = content.replace("\r\n", "\n").replace('\r', '\n');
    String complete = lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
    return complete.replace("\n", "\r\n");
  }

  /** What goes over the wire after DATA, the terminator included. */
  static String stuffed(String content) {
    String lines = "\r\n" + normalised(content);
    return lines.replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
  }

  /** The index of the first CR or LF that stands alone; -1 if there is none. */
  static int bareNewline(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      boolean beforeLf = i + 1 < content.length() && content.charAt(i + 1) == '\n';
      boolean afterCr = i > 0 && content.charAt(i - 1) == '\r';
      if ((c == '\r' && !beforeLf) || (c == '\n' && !afterCr)) {
        return i;
      }
    }
    return -1;
  }
}
