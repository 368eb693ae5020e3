package io.github.reactivesmtp.codec;

/**
 * The address a message was first sent to: the value of ORCPT (RFC 3461 §4.2, RFC 6533 §3).
 *
 * @param addressType such as {@code rfc822} or {@code utf-8}, a word without special characters
 * @param address decoded; printable, and beyond ASCII only with the type {@code utf-8}
 */
public record OriginalRecipient(String addressType, String address) {

  private static final String RFC822 = "rfc822";
  private static final String UTF_8 = "utf-8";

  /**
   * Checks both.
   *
   * @throws SmtpSyntaxException if one of them is not allowed, or both together take more than
   *     {@value CodecLimits#ORCPT} octets on the wire
   */
  public OriginalRecipient {
    if (addressType.isEmpty()) {
      throw new SmtpSyntaxException("empty address type of ORCPT");
    }
    for (int i = 0; i < addressType.length(); i++) {
      char c = addressType.charAt(i);
      if (!WireText.isAsciiLetterOrDigit(c) && c != '-') {
        throw WireText.illegal("address type of ORCPT", addressType);
      }
    }
    WireText.requireText("ORCPT", address);
    if (!isUtf8(addressType) && WireText.utf8Length(address) != address.length()) {
      throw WireText.illegal("ORCPT beyond ASCII needs the address type utf-8", address);
    }
    if (encode(addressType, address).length() > CodecLimits.ORCPT) {
      throw WireText.illegal("ORCPT longer than " + CodecLimits.ORCPT + " octets", address);
    }
  }

  /** An address with the type that fits it: {@code utf-8} if it needs SMTPUTF8, else rfc822. */
  public static OriginalRecipient of(MailAddress address) {
    return new OriginalRecipient(address.requiresSmtpUtf8() ? UTF_8 : RFC822, address.toString());
  }

  /**
   * Reads a value from the wire.
   *
   * @throws SmtpSyntaxException if it is none
   */
  static OriginalRecipient parse(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon < 0) {
      throw WireText.illegal("ORCPT without an address type", value);
    }
    String type = value.substring(0, semicolon);
    String address = value.substring(semicolon + 1);
    return new OriginalRecipient(
        type, isUtf8(type) ? Xtext.decodeUtf8Address(address) : Xtext.decode(address));
  }

  /** The value on the wire, such as {@code rfc822;a+2Bb@example.com}. */
  @Override
  public String toString() {
    return encode(addressType, address);
  }

  private static String encode(String type, String address) {
    return type + ';' + (isUtf8(type) ? Xtext.encodeUtf8Address(address) : Xtext.encode(address));
  }

  private static boolean isUtf8(String type) {
    return WireText.equalsIgnoreAsciiCase(type, UTF_8);
  }
}
