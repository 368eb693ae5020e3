package io.github.reactivesmtp.codec;

import java.util.Objects;

/**
 * By when a message shall be delivered: the value of BY (RFC 2852 §4).
 *
 * @param seconds from now, at most nine digits; above zero if the mode is {@link Mode#RETURN},
 *     otherwise zero or below is allowed: a deadline that has passed, of which nobody was told yet
 * @param mode what to do when the deadline passes
 * @param trace whether to report relaying to servers that don't know deadlines
 */
public record DeliverBy(long seconds, Mode mode, boolean trace) {

  private static final long MAX_SECONDS = 999_999_999;

  /** What to do when the deadline passes. */
  public enum Mode {
    /** Give up and return the message. */
    RETURN('R'),
    /** Go on trying and tell the sender. */
    NOTIFY('N');

    private final char letter;

    Mode(char letter) {
      this.letter = letter;
    }

    /** The letter on the wire. */
    public char letter() {
      return letter;
    }
  }

  /**
   * Checks the range.
   *
   * @throws SmtpSyntaxException if the seconds are out of range
   */
  public DeliverBy {
    Objects.requireNonNull(mode, "mode");
    if (Math.abs(seconds) > MAX_SECONDS
        || seconds == Long.MIN_VALUE
        || (mode == Mode.RETURN && seconds <= 0)) {
      throw new SmtpSyntaxException("BY out of range: " + seconds + " with mode " + mode);
    }
  }

  /** The value on the wire, such as {@code 120;RT}. */
  @Override
  public String toString() {
    return seconds + ";" + mode.letter + (trace ? "T" : "");
  }
}
