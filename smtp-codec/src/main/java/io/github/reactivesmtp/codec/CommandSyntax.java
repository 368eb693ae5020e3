package io.github.reactivesmtp.codec;

import org.jspecify.annotations.Nullable;

/**
 * From a line to a command. Errors don't show a line that is not known to be free of secrets: a
 * client that is out of step sends its password as a command.
 */
final class CommandSyntax {

  private CommandSyntax() {}

  static SmtpCommand parse(String line) {
    int space = line.indexOf(' ');
    String verb = WireText.asciiUpperCase(space < 0 ? line : line.substring(0, space));
    String rest = space < 0 ? "" : trimSpaces(line.substring(space + 1));
    return switch (verb) {
      case "HELO" -> new SmtpCommand.Helo(required(verb, rest));
      case "EHLO" -> new SmtpCommand.Ehlo(required(verb, rest));
      case "LHLO" -> new SmtpCommand.Lhlo(required(verb, rest));
      case "MAIL" -> mail(rest);
      case "RCPT" -> rcpt(rest);
      case "DATA" -> alone(verb, rest, SmtpCommand.DATA);
      case "BDAT" -> bdat(rest);
      case "RSET" -> alone(verb, rest, SmtpCommand.RSET);
      case "NOOP" -> rest.isEmpty() ? SmtpCommand.NOOP : new SmtpCommand.Noop(rest);
      case "QUIT" -> alone(verb, rest, SmtpCommand.QUIT);
      case "VRFY" -> new SmtpCommand.Vrfy(required(verb, rest));
      case "EXPN" -> new SmtpCommand.Expn(required(verb, rest));
      case "HELP" -> new SmtpCommand.Help(rest.isEmpty() ? null : rest);
      case "STARTTLS" -> alone(verb, rest, SmtpCommand.STARTTLS);
      case "AUTH" -> auth(required(verb, rest));
      case "ETRN" -> new SmtpCommand.Etrn(required(verb, rest));
      default -> throw new SmtpSyntaxException(500, "command not recognised");
    };
  }

  private static SmtpCommand mail(String rest) {
    String afterFrom = afterKeyword("MAIL", rest, "FROM:");
    int end = pathEnd("MAIL", afterFrom);
    MailAddress path = path(afterFrom.substring(1, end));
    return new SmtpCommand.Mail(path, ParameterParser.mail(afterFrom.substring(end + 1)));
  }

  private static SmtpCommand rcpt(String rest) {
    String afterTo = afterKeyword("RCPT", rest, "TO:");
    int end = pathEnd("RCPT", afterTo);
    MailAddress path = path(afterTo.substring(1, end));
    if (path == null) {
      throw new SmtpSyntaxException("RCPT without a recipient");
    }
    return new SmtpCommand.Rcpt(path, ParameterParser.rcpt(afterTo.substring(end + 1)));
  }

  private static String afterKeyword(String verb, String rest, String keyword) {
    if (!WireText.startsWithIgnoreAsciiCase(rest, keyword)) {
      throw WireText.illegal(verb + " without " + keyword, rest);
    }
    return trimSpaces(rest.substring(keyword.length()));
  }

  /** Where the closing angle bracket is; one within quotes belongs to the local part. */
  private static int pathEnd(String verb, String text) {
    if (text.startsWith("<")) {
      boolean quoted = false;
      for (int i = 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == '\\' && quoted) {
          i++;
        } else if (c == '>' && !quoted) {
          return i;
        }
      }
    }
    throw WireText.illegal(verb + " without an address in angle brackets", text);
  }

  /** The address, without a source route before it; null if there is none. */
  private static @Nullable MailAddress path(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (!text.startsWith("@")) {
      return MailAddress.parse(text);
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw WireText.illegal("source route without an address", text);
    }
    for (String hop : text.substring(0, colon).split(",", -1)) {
      if (!hop.startsWith("@")) {
        throw WireText.illegal("malformed source route", text);
      }
      DomainSyntax.requireDomain(hop.substring(1));
    }
    return MailAddress.parse(text.substring(colon + 1));
  }

  private static SmtpCommand bdat(String rest) {
    int space = rest.indexOf(' ');
    String size = space < 0 ? rest : rest.substring(0, space);
    String last = space < 0 ? "" : trimSpaces(rest.substring(space));
    if (!last.isEmpty() && !WireText.equalsIgnoreAsciiCase(last, "LAST")) {
      throw WireText.illegal("BDAT with something other than LAST", last);
    }
    return new SmtpCommand.Bdat(ParameterParser.number("BDAT", size), !last.isEmpty());
  }

  private static SmtpCommand auth(String rest) {
    int space = rest.indexOf(' ');
    String mechanism = WireText.asciiUpperCase(space < 0 ? rest : rest.substring(0, space));
    return new SmtpCommand.Auth(mechanism, space < 0 ? null : trimSpaces(rest.substring(space)));
  }

  private static String required(String verb, String rest) {
    if (rest.isEmpty()) {
      throw new SmtpSyntaxException(verb + " without an argument");
    }
    return rest;
  }

  private static SmtpCommand alone(String verb, String rest, SmtpCommand command) {
    if (!rest.isEmpty()) {
      throw new SmtpSyntaxException(verb + " takes no argument");
    }
    return command;
  }

  private static String trimSpaces(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }
}
