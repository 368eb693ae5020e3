package io.github.reactivesmtp.codec;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox as it stands between the angle brackets of MAIL and RCPT (RFC 5321 §4.1.2), also with
 * characters beyond ASCII (RFC 6531 §3.3). Immutable; holds its octets, so writing it is one copy.
 *
 * <p>A local part may have up to {@value CodecLimits#LOCAL_PART} octets: the 64 of RFC 5321
 * §4.5.3.1.1 are what every receiver must take, and return paths that name the recipient (VERP) do
 * exceed them. A domain may have up to {@value CodecLimits#DOMAIN} octets.
 *
 * <p>Two addresses are equal if their local parts are the same on the wire and their domains differ
 * at most in the case of ASCII letters.
 */
public final class MailAddress {

  private static final String POSTMASTER = "postmaster";

  private final String localPart;
  private final String domain;
  private final byte[] wire;

  private MailAddress(String localPart, String domain) {
    if (WireText.utf8Length(localPart) > CodecLimits.LOCAL_PART) {
      throw WireText.illegal(
          "local part longer than " + CodecLimits.LOCAL_PART + " octets", localPart);
    }
    this.localPart = localPart;
    this.domain = domain;
    this.wire = toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads an address as it is written on the wire, without angle brackets: {@code a@example.com},
   * {@code "a b"@example.com}, {@code a@[192.0.2.1]}, {@code a@[IPv6:2001:db8::1]}, {@code
   * ü@exämple.org}, or the bare word {@code postmaster} in any case, which is an address only in
   * RCPT (RFC 5321 §4.1.1.3).
   *
   * @throws SmtpSyntaxException if it is no address
   */
  public static MailAddress parse(String text) {
    int localEnd = LocalPartSyntax.end(text);
    if (localEnd < 0) {
      throw WireText.illegal("not a mail address", text);
    }
    if (localEnd == text.length()) {
      if (!WireText.equalsIgnoreAsciiCase(text, POSTMASTER)) {
        throw WireText.illegal("mail address without a domain", text);
      }
      return new MailAddress(text, "");
    }
    if (text.charAt(localEnd) != '@') {
      throw WireText.illegal("not a mail address", text);
    }
    return new MailAddress(
        text.substring(0, localEnd),
        DomainSyntax.requireDomainOrLiteral(text.substring(localEnd + 1)));
  }

  /**
   * Makes an address of its two parts, as a person writes them: the local part without quotes
   * around it. It is quoted here if it has to be, as in {@code "a b"@example.com}.
   *
   * @throws SmtpSyntaxException if the local part is empty or has control characters, or the domain
   *     is no domain or address literal
   */
  public static MailAddress of(String localPart, String domain) {
    return new MailAddress(
        LocalPartSyntax.quoteIfNeeded(localPart), DomainSyntax.requireDomainOrLiteral(domain));
  }

  /** The local part as on the wire: with its quotes, if it has any. */
  public String localPart() {
    return localPart;
  }

  /** The domain or address literal; empty only for the bare {@code postmaster}. */
  public String domain() {
    return domain;
  }

  /** Whether it has characters beyond ASCII, so that the server must offer SMTPUTF8 (RFC 6531). */
  public boolean requiresSmtpUtf8() {
    // Every character beyond ASCII takes more octets than chars.
    return wire.length != localPart.length() + domain.length() + (domain.isEmpty() ? 0 : 1);
  }

  /**
   * The same address with its domain in ASCII (A-labels, RFC 5890 §2.3.2.1); itself if its domain
   * is ASCII, or if the JDK's IDNA 2003 does not know a form that leads back to the same domain: it
   * would make {@code fass.example} of {@code faß.example}.
   */
  public MailAddress withAsciiDomain() {
    if (WireText.utf8Length(domain) == domain.length()) {
      return this;
    }
    try {
      String unicode = domain.toLowerCase(Locale.ROOT);
      String ascii = IDN.toASCII(unicode);
      return IDN.toUnicode(ascii).equals(unicode)
          ? new MailAddress(localPart, DomainSyntax.requireDomain(ascii))
          : this;
    } catch (IllegalArgumentException noSuchForm) {
      return this;
    }
  }

  /** The octets that {@link #writeTo} writes. */
  public int encodedLength() {
    return wire.length;
  }

  /**
   * Writes the address without angle brackets, relative; does not allocate.
   *
   * @throws java.nio.BufferOverflowException if there is too little room; nothing was written then
   */
  public void writeTo(ByteBuffer out) {
    out.put(wire);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof MailAddress that
            && localPart.equals(that.localPart)
            && WireText.equalsIgnoreAsciiCase(domain, that.domain));
  }

  @Override
  public int hashCode() {
    int hash = localPart.hashCode();
    for (int i = 0; i < domain.length(); i++) {
      hash = 31 * hash + WireText.asciiLowerCase(domain.charAt(i));
    }
    return hash;
  }

  /** The address as on the wire, without angle brackets. */
  @Override
  public String toString() {
    return domain.isEmpty() ? localPart : localPart + '@' + domain;
  }
}
