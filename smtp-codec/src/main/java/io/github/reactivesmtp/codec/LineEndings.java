package io.github.reactivesmtp.codec;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;

/**
 * Content on its way to a server in BDAT chunks (RFC 3030): as {@link DotStuffing}, but dots are
 * left alone and there is no terminator. The states and their rules are the same.
 *
 * <p>{@link ContentScan#normalisedLength} tells beforehand how many octets come out.
 */
public final class LineEndings {

  /** Octets {@link #finish} writes at most. */
  public static final int MAX_FINISH = 2;

  private static final byte[] CRLF = {'\r', '\n'};

  private LineEndings() {}

  /**
   * How many octets from the position on may be forwarded as they stand, uncopied: up to the first
   * bare CR or LF, or all. A CR that is the last octet counts as clean.
   *
   * @param in not changed
   */
  public static int cleanPrefix(ByteBuffer in, State state) {
    return LineFilter.cleanEnd(in, in.position(), in.limit(), state, false) - in.position();
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
   * Any room at all makes progress; {@link DotStuffing#maxStuffedLength} octets are enough for all.
   *
   * @return the state for the next call
   * @throws SmtpSyntaxException with {@link BareNewlines#REJECT}, as {@link DotStuffing#stuff}
   */
  public static State normalise(ByteBuffer in, ByteBuffer out, State state, BareNewlines policy) {
    return LineFilter.transfer(in, out, state, policy, false);
  }

  /**
   * Completes the last line of the content: at most {@link #MAX_FINISH} octets, none if it is
   * complete or the content is empty.
   *
   * @throws java.nio.BufferOverflowException if {@code out} has too little room; nothing is written
   */
  public static void finish(ByteBuffer out, State state) {
    switch (state) {
      case LINE_START -> {}
      case AFTER_CR -> out.put(CRLF[1]);
      case MID_LINE -> out.put(CRLF);
    }
  }
}
