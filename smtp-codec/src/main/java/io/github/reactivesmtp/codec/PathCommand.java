package io.github.reactivesmtp.codec;

import org.jspecify.annotations.Nullable;

/** What MAIL and RCPT have in common. */
final class PathCommand {

  /** Verb, {@code FROM} or {@code TO}, and all punctuation. */
  private static final int FIXED_OCTETS = 14;

  private PathCommand() {}

  /** Refuses a line that would be longer than any server could be expected to take. */
  static void requireLegal(@Nullable MailAddress path, int parameterOctets, String verb) {
    int octets = FIXED_OCTETS + (path == null ? 0 : path.encodedLength()) + parameterOctets;
    if (octets > CodecLimits.EXTENDED_COMMAND_LINE) {
      throw new SmtpSyntaxException(
          verb + " line longer than " + CodecLimits.EXTENDED_COMMAND_LINE + " octets");
    }
  }
}
