package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which parameters of MAIL and RCPT go with which extension (RFC 5321 §4.1.1.11: else 555). */
final class OfferedParameters {

  private static final Map<String, Extension> MAIL =
      Map.ofEntries(
          Map.entry("SIZE", Extension.SIZE),
          Map.entry("BODY", Extension.EIGHT_BIT_MIME),
          Map.entry("SMTPUTF8", Extension.SMTPUTF8),
          Map.entry("RET", Extension.DSN),
          Map.entry("ENVID", Extension.DSN),
          Map.entry("AUTH", Extension.AUTH),
          Map.entry("REQUIRETLS", Extension.REQUIRETLS),
          Map.entry("BY", Extension.DELIVERBY),
          Map.entry("MT-PRIORITY", Extension.MT_PRIORITY),
          Map.entry("HOLDFOR", Extension.FUTURERELEASE),
          Map.entry("HOLDUNTIL", Extension.FUTURERELEASE));

  private static final Map<String, Extension> RCPT =
      Map.of("NOTIFY", Extension.DSN, "ORCPT", Extension.DSN);

  private OfferedParameters() {}

  /**
   * Whether all parameters of a MAIL command were offered.
   *
   * @param wire as they stand in the command
   */
  static boolean mail(String wire, Capabilities offered) {
    return all(wire, MAIL, offered);
  }

  /** The same for RCPT. */
  static boolean rcpt(String wire, Capabilities offered) {
    return all(wire, RCPT, offered);
  }

  private static boolean all(String wire, Map<String, Extension> known, Capabilities offered) {
    for (int start = 0; start < wire.length(); ) {
      int space = wire.indexOf(' ', start);
      int end = space < 0 ? wire.length() : space;
      if (end > start && !offered(wire.substring(start, end), known, offered)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean offered(
      String parameter, Map<String, Extension> known, Capabilities offered) {
    int equals = parameter.indexOf('=');
    String keyword =
        (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
    @Nullable Extension extension =
        parameter.equalsIgnoreCase("BODY=BINARYMIME") ? Extension.BINARY_MIME : known.get(keyword);
    return extension != null && offered.supports(extension);
  }
}
