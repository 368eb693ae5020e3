package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.EnhancedStatus;
import io.github.reactivesmtp.codec.SmtpReply;

/**
 * Which replies can be an answer to what was said (RFC 5321 §4.2.1, §4.3.2). The second digit tells
 * a positive reply of the mail system from another that went astray: 220 greets, 221 says goodbye,
 * 235 ends AUTH. A refusal may have any code.
 */
final class LegalReply {

  /** RFC 3463 §3.2. */
  private static final int ADDRESSING = 1;

  private LegalReply() {}

  /** The greeting, or the reply to STARTTLS: 220. */
  static boolean isReady(SmtpReply reply) {
    return reply.code() == 220;
  }

  /** EHLO, RSET, MAIL, RCPT or the content is done: 25z, and 20z, which means nothing else. */
  static boolean completes(SmtpReply reply) {
    return reply.code() / 10 == 25 || reply.code() / 10 == 20;
  }

  /** DATA may go on: 35z. */
  static boolean startsContent(SmtpReply reply) {
    return reply.code() / 10 == 35;
  }

  /** Whether its enhanced status code is about an address, as of a reply to MAIL or RCPT. */
  static boolean isAboutAddress(SmtpReply reply) {
    EnhancedStatus status = reply.enhancedStatus();
    return status != null && status.subject() == ADDRESSING;
  }

  /**
   * Whether a reply to BDAT is about the command. Then its octets may not have been read, and what
   * they say is answered next: Postfix and Dovecot do so with 530 before STARTTLS or AUTH, against
   * RFC 3030 §2.
   */
  static boolean refusesCommand(SmtpReply reply) {
    return switch (reply.code()) {
      case 500, 501, 502, 504, 530, 538 -> true;
      default -> false;
    };
  }
}
