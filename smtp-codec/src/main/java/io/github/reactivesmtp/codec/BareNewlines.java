package io.github.reactivesmtp.codec;

/**
 * What becomes of a CR or LF that stands alone. RFC 5321 §2.3.8 forbids them in what is sent, and
 * servers differ in what they take for the end of a line: passing them on is what makes SMTP
 * smuggling possible. They are therefore never passed on in content that consists of lines; binary
 * content (BINARYMIME, RFC 3030) has none, its octets are counted.
 */
public enum BareNewlines {
  /** Each becomes CR LF. */
  NORMALISE,
  /** The content is refused with an {@link SmtpSyntaxException}. */
  REJECT
}
