package io.github.reactivesmtp.codec;

/** The service extensions this library knows, with the keyword a server offers each by. */
public enum Extension {
  /** Several commands in one write, RFC 2920. */
  PIPELINING("PIPELINING"),
  /** BDAT, RFC 3030. */
  CHUNKING("CHUNKING"),
  /** The message's size is declared and may be limited, RFC 1870. */
  SIZE("SIZE"),
  /** Octets above 127 in the content, RFC 6152. */
  EIGHT_BIT_MIME("8BITMIME"),
  /** Content that is not made of lines, RFC 3030. */
  BINARY_MIME("BINARYMIME"),
  /** Addresses and header fields in UTF-8, RFC 6531. */
  SMTPUTF8("SMTPUTF8"),
  /** Delivery status notifications by request, RFC 3461. */
  DSN("DSN"),
  /** Authentication, RFC 4954. */
  AUTH("AUTH"),
  /** The upgrade to TLS, RFC 3207. */
  STARTTLS("STARTTLS"),
  /** Replies with an {@link EnhancedStatus}, RFC 2034. */
  ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
  /** Numbers of messages and recipients are limited, RFC 9422. */
  LIMITS("LIMITS"),
  /** Onward transfer over TLS only, RFC 8689. */
  REQUIRETLS("REQUIRETLS"),
  /** Delivery within a time, RFC 2852. */
  DELIVERBY("DELIVERBY"),
  /** Priorities, RFC 6710. */
  MT_PRIORITY("MT-PRIORITY"),
  /** Release at a later time, RFC 4865. */
  FUTURERELEASE("FUTURERELEASE"),
  /** Starting a queue from remote, RFC 1985. */
  ETRN("ETRN"),
  /** Verifying an address, RFC 5321 §4.1.1.6. */
  VRFY("VRFY"),
  /** Expanding a list, RFC 5321 §4.1.1.7. */
  EXPN("EXPN"),
  /** Help, RFC 5321 §4.1.1.8. */
  HELP("HELP");

  private final String keyword;

  Extension(String keyword) {
    this.keyword = keyword;
  }

  /** The EHLO keyword, upper case. */
  public String keyword() {
    return keyword;
  }
}
