package io.github.reactivesmtp.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;

/**
 * One header field with its folded lines.
 *
 * @param name in lower case; empty for a line that is no field
 * @param body unfolded
 * @param start offset of its first octet
 * @param end offset after its last line end
 */
record HeaderField(String name, String body, int start, int end) {

  private static final Pattern LINE_ENDS = Pattern.compile("[\r\n]+");
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  static HeaderField parse(byte[] octets, int start, int end) {
    int from = start + byteOrderMark(octets, start);
    ByteArrayBuffer raw = new ByteArrayBuffer(end - from);
    raw.append(octets, from, end - from);
    try {
      RawField field = RawFieldParser.DEFAULT.parseField(raw);
      int bodyStart = from + field.getDelimiterIdx() + 1;
      String name = field.getName().strip().toLowerCase(Locale.ROOT);
      return new HeaderField(name, text(octets, bodyStart, end), start, end);
    } catch (MimeException e) {
      // Such as the "From " line of an mbox: no field, so neither recipient nor Bcc.
      return new HeaderField("", "", start, end);
    }
  }

  /** Some editors put one before the first field, where it would hide that field's name. */
  private static int byteOrderMark(byte[] octets, int start) {
    if (start != 0 || octets.length < BYTE_ORDER_MARK.length) {
      return 0;
    }
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (octets[i] != BYTE_ORDER_MARK[i]) {
        return 0;
      }
    }
    return BYTE_ORDER_MARK.length;
  }

  /** UTF-8 (RFC 6532), or, where it is none, one character an octet. */
  private static String text(byte[] octets, int start, int end) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(octets, start, end - start))
              .toString();
    } catch (CharacterCodingException e) {
      text = new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
    }
    return LINE_ENDS.matcher(text).replaceAll("").strip();
  }
}
