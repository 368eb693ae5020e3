package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What fuzz tests ask, fast enough to be asked a million times. */
final class Fuzz {

  private Fuzz() {}

  /** Whether a text could forge a line of a log or steer a terminal. */
  static boolean hasControls(String text) {
    return text.codePoints()
        .anyMatch(c -> breaksLines(c) || Character.getType(c) == Character.FORMAT);
  }

  private static boolean breaksLines(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** What the command writes, which must be one line, without its CRLF. */
  static String line(SmtpCommand command) {
    ByteBuffer out = ByteBuffer.allocate(command.encodedLength());
    command.writeTo(out);
    String wire = new String(out.array(), UTF_8);
    String line = wire.substring(0, wire.length() - 2);
    if (out.hasRemaining()
        || !wire.endsWith("\r\n")
        || line.codePoints().anyMatch(Fuzz::breaksLines)
        || !Arrays.equals(out.array(), wire.getBytes(UTF_8))) {
      throw new AssertionError("no single line: " + wire);
    }
    return line;
  }

  /**
   * How a receiver reads MAIL or RCPT (RFC 5321 §4.1.2): the path, then each parameter. An octet
   * that ends the path early makes a parameter of what follows it.
   */
  static List<String> pathAndParameters(String line) {
    int start = line.indexOf('<') + 1;
    int end = start;
    if (line.charAt(start) == '"') {
      end++;
      while (line.charAt(end) != '"') {
        end += line.charAt(end) == '\\' ? 2 : 1;
      }
      end++;
    }
    while (line.charAt(end) != '>') {
      char c = line.charAt(end);
      boolean inLiteral = c == ':' && line.lastIndexOf("@[", end) >= start;
      if (" <\",;:\\()".indexOf(c) >= 0 && !inLiteral) {
        throw new AssertionError("a special outside quotes: " + line);
      }
      end++;
    }
    List<String> parts = new ArrayList<>();
    parts.add(line.substring(start, end));
    String rest = line.substring(end + 1);
    if (!rest.isEmpty()) {
      if (rest.charAt(0) != ' ') {
        throw new AssertionError("no space after the path: " + line);
      }
      parts.addAll(List.of(rest.substring(1).split(" ", -1)));
    }
    return parts;
  }
}
