package io.github.reactivesmtp.codec;

/**
 * Arguments of AUTH and what follows it. Its errors never show a response: it is or holds a secret.
 */
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
    if (!response.equals("=") && (response.isEmpty() || !isBase64(response))) {
      throw new SmtpSyntaxException("initial response of AUTH is not base64");
    }
  }

  /** Base64, perhaps of no octet, or {@code *} (RFC 4954 §4). */
  static void requireResponse(String response) {
    if (!response.equals("*") && !isBase64(response)) {
      throw new SmtpSyntaxException("response of AUTH is not base64");
    }
  }

  private static boolean isBase64(String text) {
    int digits = text.length();
    while (digits > 0 && text.charAt(digits - 1) == '=') {
      digits--;
    }
    boolean legal = text.length() - digits <= 2 && text.length() % 4 == 0;
    for (int i = 0; i < digits && legal; i++) {
      char c = text.charAt(i);
      legal = WireText.isAsciiLetterOrDigit(c) || c == '+' || c == '/';
    }
    return legal;
  }
}
