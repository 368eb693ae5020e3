package io.github.reactivesmtp.codec;

/** Domain names and address literals (RFC 5321 §4.1.2 and §4.1.3, RFC 6531 §3.3). */
final class DomainSyntax {

  private static final String IPV6_TAG = "IPv6:";

  private DomainSyntax() {}

  /** A domain name or an address literal such as {@code [192.0.2.1]}. */
  static String requireDomainOrLiteral(String domain) {
    if (!domain.startsWith("[")) {
      return requireDomain(domain);
    }
    int end = domain.length() - 1;
    if (domain.length() > CodecLimits.DOMAIN
        || domain.charAt(end) != ']'
        || !(domain.regionMatches(true, 1, IPV6_TAG, 0, IPV6_TAG.length())
            ? isIpv6(domain.substring(1 + IPV6_TAG.length(), end))
            : isIpv4(domain, 1, end))) {
      // No tag but IPv6 was ever registered, so a general address literal is always a mistake.
      throw WireText.illegal("not an address literal", domain);
    }
    return domain;
  }

  /**
   * A domain name. Underscores are taken anywhere because real hosts have them; the name in EHLO is
   * often the one a machine was given by a person.
   */
  static String requireDomain(String domain) {
    int length = domain.length();
    int labelLength = 0;
    int previous = '.';
    int codePoint;
    boolean legal = length > 0 && length <= CodecLimits.DOMAIN;
    for (int i = 0; i < length && legal; i += Character.charCount(codePoint)) {
      codePoint = domain.codePointAt(i);
      if (codePoint == '.') {
        legal = labelLength > 0 && previous != '-';
        labelLength = 0;
      } else if (codePoint == '-') {
        legal = labelLength > 0 && ++labelLength <= CodecLimits.DOMAIN_LABEL;
      } else {
        legal = isLabelCharacter(codePoint) && ++labelLength <= CodecLimits.DOMAIN_LABEL;
      }
      previous = codePoint;
    }
    if (!legal || labelLength == 0 || previous == '-') {
      throw WireText.illegal("not a domain name", domain);
    }
    if (WireText.utf8Length(domain) > CodecLimits.DOMAIN) {
      throw WireText.illegal("domain longer than " + CodecLimits.DOMAIN + " octets", domain);
    }
    return domain;
  }

  /**
   * Beyond ASCII what IDNA 2008 can have in a U-label: letters, digits, marks and a few joiners.
   * Symbols are left out, some of them turn into ASCII punctuation when a resolver normalises them.
   */
  private static boolean isLabelCharacter(int codePoint) {
    if (codePoint < 0x80) {
      return WireText.isAsciiLetterOrDigit(codePoint) || codePoint == '_';
    }
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      default -> // RFC 5892, appendices A.1 to A.7: allowed in context
          codePoint == 0x200C
              || codePoint == 0x200D
              || codePoint == 0xB7
              || codePoint == 0x375
              || codePoint == 0x5F3
              || codePoint == 0x5F4
              || codePoint == 0x30FB;
    };
  }

  private static boolean isIpv4(String text, int start, int end) {
    int parts = 0;
    int i = start;
    while (i < end) {
      int value = 0;
      int digits = 0;
      while (i < end && WireText.isDigit(text.charAt(i))) {
        value = value * 10 + text.charAt(i++) - '0';
        if (++digits > 3) {
          return false;
        }
      }
      if (digits == 0 || value > 255) {
        return false;
      }
      parts++;
      if (i < end && (text.charAt(i++) != '.' || i == end)) {
        return false;
      }
    }
    return parts == 4;
  }

  /** Eight groups, or fewer around one {@code ::}; the last two may be an IPv4 address. */
  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return ipv6Groups(text, true) == 8;
    }
    int before = gap == 0 ? 0 : ipv6Groups(text.substring(0, gap), false);
    String tail = text.substring(gap + 2);
    int after = tail.isEmpty() ? 0 : ipv6Groups(tail, true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** Counts the 16-bit groups, -1 if one is malformed. */
  private static int ipv6Groups(String text, boolean ipv4AtEnd) {
    String[] groups = text.split(":", -1);
    for (int i = 0; i < groups.length; i++) {
      String group = groups[i];
      if (ipv4AtEnd && i == groups.length - 1 && isIpv4(group, 0, group.length())) {
        return groups.length + 1;
      }
      if (group.isEmpty() || group.length() > 4) {
        return -1;
      }
      for (int j = 0; j < group.length(); j++) {
        char c = group.charAt(j);
        if (c >= 0x80 || Character.digit(c, 16) < 0) {
          return -1;
        }
      }
    }
    return groups.length;
  }
}
