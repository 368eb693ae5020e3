package io.github.reactivesmtp.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How values with spaces, {@code +}, {@code =} or characters beyond ASCII are put into a parameter.
 */
public final class Xtext {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Xtext() {}

  /**
   * Encodes text as xtext (RFC 3461 §4): every octet of its UTF-8 form that is not printable ASCII,
   * and {@code +} and {@code =}, becomes {@code +} and two hexadecimal digits.
   *
   * @throws SmtpSyntaxException if the text has half a surrogate pair
   */
  public static String encode(String text) {
    byte[] octets = utf8(text);
    StringBuilder out = new StringBuilder(octets.length + 8);
    for (byte octet : octets) {
      if (octet > ' ' && octet < 0x7F && octet != '+' && octet != '=') {
        out.append((char) octet);
      } else {
        HEX.toHexDigits(out.append('+'), octet);
      }
    }
    return out.toString();
  }

  /**
   * Decodes xtext whose octets are UTF-8. Takes lower-case digits, {@code =} and unencoded
   * characters beyond ASCII as well. The result may contain any character, also controls.
   *
   * @throws SmtpSyntaxException if a {@code +} is not followed by two hexadecimal digits, a control
   *     character or space stands unencoded, or the octets are not UTF-8
   */
  public static String decode(String xtext) {
    WireText.requireToken("xtext", xtext);
    if (xtext.indexOf('+') < 0) {
      return xtext;
    }
    byte[] octets = xtext.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] != '+') {
        out.write(octets[i]);
      } else if (i + 2 < octets.length
          && HexFormat.isHexDigit(octets[i + 1])
          && HexFormat.isHexDigit(octets[i + 2])) {
        out.write(HexFormat.fromHexDigit(octets[++i]) << 4 | HexFormat.fromHexDigit(octets[++i]));
      } else {
        throw WireText.illegal("xtext with a '+' that encodes nothing", xtext);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      SmtpSyntaxException failure = WireText.illegal("xtext that is not UTF-8", xtext);
      failure.initCause(e);
      throw failure;
    }
  }

  /**
   * Encodes an address of type {@code utf-8} in its form for servers with and without SMTPUTF8 (RFC
   * 6533 §3, {@code utf-8-addr-xtext}): what is not printable ASCII, and {@code +}, {@code =} and
   * the backslash, becomes <code>&#92;x{HEX}</code>.
   *
   * @throws SmtpSyntaxException if the text has half a surrogate pair
   */
  public static String encodeUtf8Address(String address) {
    StringBuilder out = new StringBuilder(address.length() + 16);
    int codePoint;
    for (int i = 0; i < address.length(); i += Character.charCount(codePoint)) {
      codePoint = address.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw WireText.illegal("half a surrogate pair", address);
      }
      if (isQchar(codePoint)) {
        out.append((char) codePoint);
      } else {
        String digits = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        out.append("\\x{").append(digits.length() < 2 ? "0" : "").append(digits).append('}');
      }
    }
    return out.toString();
  }

  /**
   * Decodes an address of type {@code utf-8} (RFC 6533 §3) in either form, with characters beyond
   * ASCII encoded or as they are.
   *
   * @throws SmtpSyntaxException if it is in neither
   */
  public static String decodeUtf8Address(String text) {
    WireText.requireToken("utf-8 address", text);
    StringBuilder out = new StringBuilder(text.length());
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint == '\\') {
        int close = text.indexOf('}', i);
        out.appendCodePoint(embedded(text, i, close));
        i = close;
        codePoint = '}';
      } else if (codePoint >= 0x80 || isQchar(codePoint)) {
        out.appendCodePoint(codePoint);
      } else {
        throw WireText.illegal("utf-8 address with an unencoded character", text);
      }
    }
    return out.toString();
  }

  private static int embedded(String text, int start, int close) {
    int digits = start + 3;
    if (text.startsWith("\\x{", start) && close - digits >= 2 && close - digits <= 6) {
      for (int i = digits; i < close; i++) {
        if (!HexFormat.isHexDigit(text.charAt(i))) {
          throw WireText.illegal("utf-8 address with a bad escape", text);
        }
      }
      int codePoint = HexFormat.fromHexDigits(text, digits, close);
      if (Character.isValidCodePoint(codePoint)
          && Character.getType(codePoint) != Character.SURROGATE) {
        return codePoint;
      }
    }
    throw WireText.illegal("utf-8 address with a bad escape", text);
  }

  private static boolean isQchar(int codePoint) {
    return codePoint > ' '
        && codePoint < 0x7F
        && codePoint != '+'
        && codePoint != '='
        && codePoint != '\\';
  }

  private static byte[] utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))
          && (i + 1 == text.length()
              || !Character.isSurrogatePair(text.charAt(i), text.charAt(++i)))) {
        throw WireText.illegal("half a surrogate pair", text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
