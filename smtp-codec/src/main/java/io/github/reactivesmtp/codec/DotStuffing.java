package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;

/**
 * Content on its way to a server after DATA: a dot before each line that starts with one (RFC 5321
 * §4.5.2), CR LF as the only line end, and the terminator.
 *
 * <p>Content may be cut anywhere. The state between two chunks is a value passed in and out: begin
 * with {@link State#START}, give each call what the call before returned, end with {@link
 * #terminate}. A CR that ends a chunk is written as it stands; if the next chunk does not begin
 * with LF, it was a bare one, and the missing LF is inserted first.
 */
public final class DotStuffing {

  /** Octets {@link #terminate} writes at most. */
  public static final int MAX_TERMINATOR = 5;

  /** Where in a line the octets written so far end. */
  public enum State {
    /** At the start of a line, as at the start of the content. */
    LINE_START,
    /** After a CR whose LF has yet to come. */
    AFTER_CR,
    /** Anywhere else. */
    MID_LINE;

    /** The state before the first octet. */
    public static final State START = LINE_START;
  }

  private DotStuffing() {}

  /**
   * How many octets from the position on may be forwarded as they stand, uncopied: up to the first
   * dot that starts a line, the first bare CR or LF, or all. A CR that is the last octet counts as
   * clean.
   *
   * @param in not changed
   */
  public static int cleanPrefix(ByteBuffer in, State state) {
    return LineFilter.cleanEnd(in, in.position(), in.limit(), state, true) - in.position();
  }

  /**
   * The state once that many octets from the position on were forwarded uncopied.
   *
   * @param in not changed
   * @param cleanOctets at most what {@link #cleanPrefix} returned
   */
  public static State stateAfter(ByteBuffer in, int cleanOctets, State state) {
    return LineFilter.stateAfter(in, in.position(), in.position() + cleanOctets, state);
  }

  /**
   * Moves octets from {@code in} to {@code out} until {@code in} is empty or {@code out} is full.
   * Any room at all makes progress; {@link #maxStuffedLength} octets are enough for all of it.
   *
   * @return the state for the next call
   * @throws SmtpSyntaxException with {@link BareNewlines#REJECT}, naming the offset of the bare CR
   *     or LF from the position {@code in} had (−1 is the last octet of the chunk before); the
   *     octets before it have been moved
   */
  public static State stuff(ByteBuffer in, ByteBuffer out, State state, BareNewlines policy) {
    return LineFilter.transfer(in, out, state, policy, true);
  }

  /** Octets that {@link #stuff} makes of so many at most. */
  public static int maxStuffedLength(int inputOctets) {
    // The worst: a dot or LF after each CR or LF. One more where the chunk before ended with CR.
    return (int) Math.min(Integer.MAX_VALUE, 2L * inputOctets + 1);
  }

  /**
   * Completes the last line and writes the dot that ends the content (RFC 5321 §4.1.1.4): at most
   * {@link #MAX_TERMINATOR} octets.
   *
   * @throws java.nio.BufferOverflowException if {@code out} has too little room; nothing is written
   */
  public static void terminate(ByteBuffer out, State state) {
    out.put(
        switch (state) {
          case LINE_START -> Terminator.AT_LINE_START;
          case AFTER_CR -> Terminator.AFTER_CR;
          case MID_LINE -> Terminator.MID_LINE;
        });
  }

  private static final class Terminator {
    static final byte[] AT_LINE_START = {'.', '\r', '\n'};
    static final byte[] AFTER_CR = {'\n', '.', '\r', '\n'};
    static final byte[] MID_LINE = {'\r', '\n', '.', '\r', '\n'};
  }
}
