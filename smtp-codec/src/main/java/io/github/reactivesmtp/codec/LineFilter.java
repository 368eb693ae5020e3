package io.github.reactivesmtp.codec;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;

/**
 * The pass over content that {@link DotStuffing}, {@link LineEndings} and {@link ContentScan}
 * share: finds the next octet that may not go out as it stands.
 *
 * <p>Every correction is the insertion of one octet before the next octet of the input, and a
 * change of state; nothing is ever dropped or replaced.
 */
final class LineFilter {

  private LineFilter() {}

  /**
   * The index of the first octet in {@code [from, to)} that may not go out as it stands, or {@code
   * to}. A CR is one if the octet after it is there and is not LF.
   *
   * @param dots whether a dot at the start of a line is one
   */
  static int cleanEnd(ByteBuffer in, int from, int to, State state, boolean dots) {
    int i = from;
    if (i == to) {
      return to;
    }
    boolean lineStart = state == State.LINE_START;
    if (state == State.AFTER_CR) {
      if (in.get(i) != '\n') {
        return i;
      }
      i++;
      lineStart = true;
    }
    while (true) {
      if (lineStart && dots && i < to && in.get(i) == '.') {
        return i;
      }
      i = ByteScan.newline(in, i, to);
      if (i >= to - 1) {
        return i < to && in.get(i) == '\n' ? i : to;
      }
      if (!ByteScan.isCrLf(in, i)) {
        return i;
      }
      i += 2;
      lineStart = true;
    }
  }

  /** The state after the clean octets of {@code [from, to)} have gone out. */
  static State stateAfter(ByteBuffer in, int from, int to, State state) {
    if (from == to) {
      return state;
    }
    return switch (in.get(to - 1)) {
      case '\n' -> State.LINE_START;
      case '\r' -> State.AFTER_CR;
      default -> State.MID_LINE;
    };
  }

  /** Moves octets from {@code in} to {@code out}, corrected; see {@link DotStuffing#stuff}. */
  static State transfer(
      ByteBuffer in, ByteBuffer out, State start, BareNewlines policy, boolean dots) {
    int begin = in.position();
    int end = in.limit();
    int outEnd = out.limit();
    int at = begin;
    int to = out.position();
    State state = start;
    while (at < end && to < outEnd) {
      int clean = cleanEnd(in, at, at + Math.min(end - at, outEnd - to), state, dots);
      if (clean > at) {
        state = stateAfter(in, at, clean, state);
        out.put(to, in, at, clean - at);
        to += clean - at;
        at = clean;
        continue;
      }
      byte octet = in.get(at);
      if (state == State.LINE_START && octet == '.') {
        out.put(to++, (byte) '.');
        state = State.MID_LINE;
        continue;
      }
      if (policy == BareNewlines.REJECT) {
        in.position(at);
        out.position(to);
        throw bareNewline(state, octet, at - begin);
      }
      if (state == State.AFTER_CR) {
        out.put(to++, (byte) '\n');
        state = State.LINE_START;
      } else {
        // A bare LF gets its CR. A bare CR goes out itself and gets its LF in the next step.
        out.put(to++, (byte) '\r');
        state = State.AFTER_CR;
        if (octet == '\r') {
          at++;
        }
      }
    }
    in.position(at);
    out.position(to);
    return state;
  }

  private static SmtpSyntaxException bareNewline(State state, byte octet, int offset) {
    if (state != State.AFTER_CR) {
      return new SmtpSyntaxException(
          "bare " + (octet == '\r' ? "CR" : "LF") + " in the content at offset " + offset);
    }
    return new SmtpSyntaxException("bare CR in the content at offset " + (offset - 1));
  }
}
