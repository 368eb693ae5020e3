package io.github.reactivesmtp.client;

import java.time.Duration;

/**
 * How long each phase may take (RFC 5321 §4.5.3.2). Each is the time to a whole reply: a server
 * that drips octets gains nothing. Immutable: each method but the accessors returns a changed copy.
 *
 * @param connect until the TCP connection stands, and again until TLS does
 * @param greeting until the server's greeting (§4.5.3.2.1)
 * @param command until the reply to EHLO, STARTTLS, AUTH, RSET, MAIL or RCPT (§4.5.3.2.2,
 *     §4.5.3.2.3); also until a password or token is there to authenticate with
 * @param dataInitiation until the reply to DATA (§4.5.3.2.4)
 * @param dataBlock without progress while the content is written (§4.5.3.2.5)
 * @param dataTermination until the reply to the end of the content (§4.5.3.2.6); a shorter one
 *     makes duplicates, for a server may be about to accept
 */
public record SmtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration command,
    Duration dataInitiation,
    Duration dataBlock,
    Duration dataTermination) {

  /** No clock of the JVM counts further than three centuries of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What RFC 5321 §4.5.3.2 asks for; 30 s to connect. */
  public static final SmtpTimeouts DEFAULT =
      new SmtpTimeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10));

  /** Refuses what is not positive, and what is longer than a century. */
  public SmtpTimeouts {
    requirePositive(connect, "connect");
    requirePositive(greeting, "greeting");
    requirePositive(command, "command");
    requirePositive(dataInitiation, "dataInitiation");
    requirePositive(dataBlock, "dataBlock");
    requirePositive(dataTermination, "dataTermination");
  }

  /** With another time to connect. */
  public SmtpTimeouts connect(Duration timeout) {
    return new SmtpTimeouts(timeout, greeting, command, dataInitiation, dataBlock, dataTermination);
  }

  /** With another time to the greeting. */
  public SmtpTimeouts greeting(Duration timeout) {
    return new SmtpTimeouts(connect, timeout, command, dataInitiation, dataBlock, dataTermination);
  }

  /** With another time to the reply to a command. */
  public SmtpTimeouts command(Duration timeout) {
    return new SmtpTimeouts(connect, greeting, timeout, dataInitiation, dataBlock, dataTermination);
  }

  /** With another time to the reply to DATA. */
  public SmtpTimeouts dataInitiation(Duration timeout) {
    return new SmtpTimeouts(connect, greeting, command, timeout, dataBlock, dataTermination);
  }

  /** With another time without progress of the content. */
  public SmtpTimeouts dataBlock(Duration timeout) {
    return new SmtpTimeouts(connect, greeting, command, dataInitiation, timeout, dataTermination);
  }

  /** With another time to the reply to the content. */
  public SmtpTimeouts dataTermination(Duration timeout) {
    return new SmtpTimeouts(connect, greeting, command, dataInitiation, dataBlock, timeout);
  }

  static void requirePositive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be a century at most, not " + value);
    }
  }
}
