package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.codec.Extension;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a keyword in the answer to EHLO means.
 *
 * @param words a few
 * @param rfc where it is defined
 */
record ExtensionMeaning(String words, String rfc) {

  /** The meaning of a keyword in any case; null if it is not known here. */
  static @Nullable ExtensionMeaning of(String keyword) {
    String wanted = keyword.toUpperCase(Locale.ROOT);
    for (Extension extension : Extension.values()) {
      if (extension.keyword().equals(wanted)) {
        return of(extension);
      }
    }
    return null;
  }

  private static ExtensionMeaning of(Extension extension) {
    return switch (extension) {
      case PIPELINING -> new ExtensionMeaning("several commands at once", "RFC 2920");
      case CHUNKING -> new ExtensionMeaning("content in chunks (BDAT) instead of DATA", "RFC 3030");
      case SIZE -> new ExtensionMeaning("size said beforehand, perhaps limited", "RFC 1870");
      case EIGHT_BIT_MIME -> new ExtensionMeaning("content beyond ASCII", "RFC 6152");
      case BINARY_MIME -> new ExtensionMeaning("content that is not lines of text", "RFC 3030");
      case SMTPUTF8 -> new ExtensionMeaning("addresses beyond ASCII", "RFC 6531");
      case DSN -> new ExtensionMeaning("notifications of delivery by request", "RFC 3461");
      case AUTH -> new ExtensionMeaning("authentication, by these mechanisms", "RFC 4954");
      case STARTTLS -> new ExtensionMeaning("encryption from here on", "RFC 3207");
      case ENHANCED_STATUS_CODES -> new ExtensionMeaning("precise codes in replies", "RFC 2034");
      case LIMITS -> new ExtensionMeaning("how much may be sent", "RFC 9422");
      case REQUIRETLS -> new ExtensionMeaning("encrypted all the way or not at all", "RFC 8689");
      case DELIVERBY -> new ExtensionMeaning("delivery within a time", "RFC 2852");
      case MT_PRIORITY -> new ExtensionMeaning("priorities", "RFC 6710");
      case FUTURERELEASE -> new ExtensionMeaning("held until a later time", "RFC 4865");
      case ETRN -> new ExtensionMeaning("a host fetches what waits for it", "RFC 1985");
      case VRFY -> new ExtensionMeaning("asks whether a user exists", "RFC 5321");
      case EXPN -> new ExtensionMeaning("asks who is on a list", "RFC 5321");
      case HELP -> new ExtensionMeaning("the server explains its commands", "RFC 5321");
    };
  }
}
