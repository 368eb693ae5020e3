package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;

/** A moment in a connection at which the server has something to say; what a script rule is for. */
public enum Phase {
  /** The greeting. A refusal (554) makes every command but QUIT a 503 (RFC 5321 §3.1). */
  CONNECT,
  EHLO,
  HELO,
  /**
   * LMTP's EHLO (RFC 2033 §4.1); from then on each recipient has a reply of its own to the content.
   */
  LHLO,
  MAIL,
  RCPT,
  /** The answer to DATA itself, normally 354. */
  DATA,
  /**
   * The first octets of a message's content have arrived. Normally nothing is said here; a scripted
   * reply is one the client has not asked for.
   */
  MID_CONTENT,
  /**
   * The content has ended: the final dot or the last octet of BDAT LAST. In LMTP this comes once
   * for each accepted recipient, and the rule is shown that recipient's RCPT command.
   */
  CONTENT,
  /**
   * A BDAT chunk has arrived as a whole. For BDAT LAST rules for this phase are tried first, then
   * those for {@link #CONTENT}; the reply is one.
   */
  BDAT,
  RSET,
  NOOP,
  VRFY,
  EXPN,
  HELP,
  STARTTLS,
  /** AUTH, and each line of the exchange after it. */
  AUTH,
  ETRN,
  QUIT,
  /** A line that is no command, or one with wrong arguments; rules see no command here. */
  UNKNOWN_COMMAND;

  static Phase of(SmtpCommand command) {
    return switch (command.verb()) {
      case "EHLO" -> EHLO;
      case "HELO" -> HELO;
      case "LHLO" -> LHLO;
      case "MAIL" -> MAIL;
      case "RCPT" -> RCPT;
      case "DATA" -> DATA;
      case "BDAT" -> BDAT;
      case "RSET" -> RSET;
      case "NOOP" -> NOOP;
      case "VRFY" -> VRFY;
      case "EXPN" -> EXPN;
      case "HELP" -> HELP;
      case "STARTTLS" -> STARTTLS;
      case "AUTH" -> AUTH;
      case "ETRN" -> ETRN;
      case "QUIT" -> QUIT;
      default -> UNKNOWN_COMMAND;
    };
  }
}
