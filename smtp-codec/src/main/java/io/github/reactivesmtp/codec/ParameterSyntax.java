package io.github.reactivesmtp.codec;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keywords and values of MAIL and RCPT parameters (RFC 5321 §4.1.2). */
final class ParameterSyntax {

  private ParameterSyntax() {}

  /** Adds a parameter this library has no type for, or removes nothing and refuses it. */
  static void putOther(
      Map<String, String> others, Set<String> typed, String keyword, @Nullable String value) {
    String upper = requireKeyword(keyword);
    if (typed.contains(upper)) {
      throw WireText.illegal("parameter has a method of its own", keyword);
    }
    others.put(upper, value == null ? "" : requireValue(value));
  }

  static void append(StringBuilder wire, Map<String, String> others) {
    others.forEach(
        (keyword, value) -> {
          wire.append(' ').append(keyword);
          if (!value.isEmpty()) {
            wire.append('=').append(value);
          }
        });
  }

  /** The keyword in upper case; their case has no meaning. */
  static String requireKeyword(String keyword) {
    boolean legal = !keyword.isEmpty() && keyword.charAt(0) != '-';
    for (int i = 0; i < keyword.length() && legal; i++) {
      char c = keyword.charAt(i);
      legal = WireText.isAsciiLetterOrDigit(c) || c == '-';
    }
    if (!legal) {
      throw WireText.illegal("not a parameter keyword", keyword);
    }
    return WireText.asciiUpperCase(keyword);
  }

  private static String requireValue(String value) {
    WireText.requireToken("parameter value", value);
    if (value.indexOf('=') >= 0) {
      throw WireText.illegal("parameter value with '='", value);
    }
    return value;
  }
}
