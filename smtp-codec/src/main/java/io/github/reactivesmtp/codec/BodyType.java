package io.github.reactivesmtp.codec;

/** What the content is made of: the value of BODY. */
public enum BodyType {
  /** Lines of ASCII (RFC 6152 §3). */
  SEVEN_BIT("7BIT"),
  /** Lines with octets beyond ASCII (RFC 6152 §3). */
  EIGHT_BIT_MIME("8BITMIME"),
  /** Any octets, not in lines; goes out with BDAT only (RFC 3030 §3). */
  BINARY_MIME("BINARYMIME");

  private final String keyword;

  BodyType(String keyword) {
    this.keyword = keyword;
  }

  /** The value on the wire. */
  public String keyword() {
    return keyword;
  }
}
