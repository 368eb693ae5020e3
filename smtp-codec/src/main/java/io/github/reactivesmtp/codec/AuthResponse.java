package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A client's line within an AUTH exchange, the answer to a 334 (RFC 4954 §4): base64, empty for an
 * empty response, or {@code *} to cancel. With its CRLF at most {@link
 * CodecLimits#EXTENDED_COMMAND_LINE} octets.
 *
 * @param text the line without its CRLF
 */
public record AuthResponse(String text) {

  /** Ends the exchange without a result; the server answers 501. */
  public static final AuthResponse CANCEL = new AuthResponse("*");

  /**
   * Refuses what is not such a line with {@link SmtpSyntaxException}, which does not show it: it is
   * or holds a secret.
   */
  public AuthResponse {
    SaslSyntax.requireResponse(text);
    if (text.length() + 2 > CodecLimits.EXTENDED_COMMAND_LINE) {
      throw new SmtpSyntaxException(
          "response of AUTH longer than " + CodecLimits.EXTENDED_COMMAND_LINE + " octets");
    }
  }

  /** These octets, perhaps none, in base64. */
  public static AuthResponse of(byte[] response) {
    return new AuthResponse(Base64.getEncoder().encodeToString(response));
  }

  /** The octets that {@link #writeTo} writes, CRLF included. */
  public int encodedLength() {
    return text.length() + 2;
  }

  /**
   * Writes the line and its CRLF, relative; does not allocate.
   *
   * @throws java.nio.BufferOverflowException if there is too little room; nothing was written then
   */
  public void writeTo(ByteBuffer out) {
    WireText.requireRoom(out, encodedLength());
    WireText.putUtf8(out, text);
    WireText.putCrLf(out);
  }

  /** {@code ***}, or {@code *} for {@link #CANCEL}. */
  @Override
  public String toString() {
    return text.equals("*") ? text : "***";
  }
}
