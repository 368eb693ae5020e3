package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A command that is a verb and at most one text. It is here, and not in {@link SmtpCommand}, that
 * the shared methods are: an interface with default methods is initialised together with the
 * records that implement it, and {@code SmtpCommand} has constants of those records, so two threads
 * could wait for each other for ever.
 */
sealed interface TextCommand extends SmtpCommand
    permits SmtpCommand.Helo,
        SmtpCommand.Ehlo,
        SmtpCommand.Lhlo,
        SmtpCommand.Data,
        SmtpCommand.Rset,
        SmtpCommand.Noop,
        SmtpCommand.Quit,
        SmtpCommand.Vrfy,
        SmtpCommand.Expn,
        SmtpCommand.Help,
        SmtpCommand.StartTls,
        SmtpCommand.Etrn {

  /** What follows the verb and a space, null if nothing does. */
  default @Nullable String argument() {
    return null;
  }

  @Override
  default int encodedLength() {
    String argument = argument();
    return verb().length() + 2 + (argument == null ? 0 : 1 + WireText.utf8Length(argument));
  }

  @Override
  default void writeTo(ByteBuffer out) {
    WireText.requireRoom(out, encodedLength());
    WireText.putUtf8(out, verb());
    String argument = argument();
    if (argument != null) {
      WireText.putUtf8(out.put((byte) ' '), argument);
    }
    WireText.putCrLf(out);
  }

  /** Most commands end a group: RFC 2920 §3.1 names those that do not. */
  @Override
  default boolean endsGroup() {
    return true;
  }

  /** The command without its CRLF. */
  static String text(TextCommand command) {
    String argument = command.argument();
    return argument == null ? command.verb() : command.verb() + ' ' + argument;
  }

  /** Text up to the end of the line, such that the line keeps to its limit. */
  static void requireText(String verb, String argument) {
    WireText.requireText(verb + " argument", argument);
    requireLineLength(verb, argument);
  }

  /** Text without spaces, such that the line keeps to its limit. */
  static void requireToken(String verb, String argument) {
    WireText.requireToken(verb + " argument", argument);
    requireLineLength(verb, argument);
  }

  private static void requireLineLength(String verb, String argument) {
    if (verb.length() + 3 + WireText.utf8Length(argument) > CodecLimits.COMMAND_LINE) {
      throw WireText.illegal(
          verb + " line longer than " + CodecLimits.COMMAND_LINE + " octets", argument);
    }
  }
}
