package io.github.reactivesmtp.codec;

/** Arguments of AUTH. Its errors never show the initial response: it is or holds a secret. */
final class SaslSyntax {

  private static final int MAX_MECHANISM = 20;

  private SaslSyntax() {}

  /** A mechanism name (RFC 4422 §3.1). */
  static void requireMechanism(String mechanism) {
    boolean legal = !mechanism.isEmpty() && mechanism.length() <= MAX_MECHANISM;
    for (int i = 0; i < mechanism.length() && legal; i++) {
      char c = mechanism.charAt(i);
      legal = (c >= 'A' && c <= 'Z') || WireText.isDigit(c) || c == '-' || c == '_';
    }
    if (!legal) {
      throw new SmtpSyntaxException("not a SASL mechanism name");
    }
  }

  /** Base64 of at least one octet, or {@code =} for none (RFC 4954 §4). */
  static void requireInitialResponse(String response) {
    int digits = response.length();
    while (digits > 0 && response.charAt(digits - 1) == '=') {
      digits--;
    }
    int padding = response.length() - digits;
    boolean legal =
        response.equals("=") || (digits > 0 && padding <= 2 && response.length() % 4 == 0);
    for (int i = 0; i < digits && legal; i++) {
      char c = response.charAt(i);
      legal = WireText.isAsciiLetterOrDigit(c) || c == '+' || c == '/';
    }
    if (!legal) {
      throw new SmtpSyntaxException("initial response of AUTH is not base64");
    }
  }
}
