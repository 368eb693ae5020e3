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

  /** With fewer octets it is cheaper to look at them line by line than as a block. */
  private static final int NEAR = 256;

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
    int pause = from + NEAR;
    while (true) {
      if (lineStart && dots && i < to && in.get(i) == '.') {
        return i;
      }
      if (i >= pause) {
        return blockByBlock(in, i, to, dots);
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

  /** As {@link #cleanEnd} from the start of a line on, for more than a few lines. */
  private static int blockByBlock(ByteBuffer in, int from, int to, boolean dots) {
    ContentBlock block = ContentBlock.ofThread();
    boolean lineStart = true;
    int i = from;
    while (i < to) {
      int loaded = block.load(in, i, to);
      int length = block.wholeLength();
      if (length < NEAR || !block.isClean(length, lineStart, dots)) {
        length = Math.min(ContentBlock.OCTETS, loaded);
        int clean = block.cleanEnd(length, lineStart, dots);
        if (clean < length) {
          return i + clean;
        }
      }
      i += block.past(length);
      lineStart = block.endsLine(length);
    }
    return to;
  }

  /**
   * Past the blocks of content from there on that are nothing but lines of ASCII as they should be.
   */
  static int plainEnd(ByteBuffer in, int from, int to, State state) {
    if (state == State.AFTER_CR) {
      return from;
    }
    ContentBlock block = ContentBlock.ofThread();
    boolean lineStart = state == State.LINE_START;
    int i = from;
    while (true) {
      block.load(in, i, to);
      int length = block.wholeLength();
      if (length == 0 || !block.isPlain(length, lineStart)) {
        return i;
      }
      i += block.past(length);
      lineStart = block.endsLine(length);
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
    ContentBlock block = ContentBlock.ofThread();
    boolean clean = true;
    while (at < end && to < outEnd) {
      int room = outEnd - to;
      int loaded = block.load(in, at, end);
      int whole = Math.min(block.wholeLength(), room & -Long.BYTES);
      // A look at the whole is in vain where there is something to correct again and again.
      if (clean
          && whole >= NEAR
          && state != State.AFTER_CR
          && block.isClean(whole, state == State.LINE_START, dots)) {
        block.putClean(out, to, whole);
        at += whole;
        to += whole;
        state = stateAfter(in, at - whole, at, state);
        continue;
      }
      int length = Math.min(ContentBlock.OCTETS, Math.min(loaded, room));
      state = block.correct(length, room, state, policy, dots);
      block.putCorrected(out, to);
      at += block.taken();
      to += block.made();
      clean = block.taken() == block.made();
      if (block.taken() < length && to < outEnd) {
        in.position(at);
        out.position(to);
        throw bareNewline(state, in.get(at), at - begin);
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
