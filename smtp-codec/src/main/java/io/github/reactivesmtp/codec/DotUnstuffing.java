package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;

/**
 * Content as it arrives at a server after DATA: finds the end and takes away the dots that {@link
 * DotStuffing} added (RFC 5321 §4.5.2).
 *
 * <p>Only CR LF ends a line, so only {@code <CRLF>.<CRLF>} (or {@code .<CRLF>} as the whole) ends
 * the content. A bare CR or LF passes as it is: a server that took {@code <LF>.<LF>} for the end
 * could be made to accept a smuggled message.
 */
public final class DotUnstuffing {

  /** What the octets read so far end with. */
  public enum State {
    /** At the start of a line, as at the start of the content. */
    LINE_START,
    /** After a CR, inside a line. */
    AFTER_CR,
    /** Anywhere else inside a line. */
    MID_LINE,
    /** After a dot that started a line; it has been taken away. */
    DOT,
    /** After such a dot and a CR, which is held back. */
    DOT_CR,
    /** The content has ended. */
    END;

    /** The state before the first octet. */
    public static final State START = LINE_START;
  }

  private DotUnstuffing() {}

  /**
   * Moves content from {@code in} to {@code out} until the terminator is read, {@code in} is empty
   * or {@code out} is full. What follows the terminator is left in {@code in}. {@code
   * in.remaining() + 1} octets of room are always enough.
   *
   * @return the state for the next call; {@link State#END} stays
   */
  public static State unstuff(ByteBuffer in, ByteBuffer out, State start) {
    int at = in.position();
    int end = in.limit();
    int to = out.position();
    int outEnd = out.limit();
    State state = start;
    while (at < end && state != State.END) {
      byte octet = in.get(at);
      switch (state) {
        case LINE_START -> {
          if (octet == '.') {
            state = State.DOT;
            at++;
            continue;
          }
        }
        case DOT -> {
          if (octet == '\r') {
            state = State.DOT_CR;
            at++;
            continue;
          }
          state = State.MID_LINE;
        }
        case DOT_CR -> {
          if (octet == '\n') {
            state = State.END;
            at++;
            continue;
          }
          if (to < outEnd) {
            out.put(to++, (byte) '\r');
            state = State.AFTER_CR;
          }
        }
        default -> {}
      }
      int room = Math.min(end - at, outEnd - to);
      if (room == 0) {
        break;
      }
      int run = runEnd(in, at, at + room, state);
      out.put(to, in, at, run - at);
      state = stateAfter(in, at, run, state);
      to += run - at;
      at = run;
    }
    in.position(at);
    out.position(to);
    return state;
  }

  /** The end of what passes as it is: the next dot that starts a line, or {@code to}. */
  private static int runEnd(ByteBuffer in, int from, int to, State state) {
    int i = from;
    if (state == State.AFTER_CR && in.get(i) == '\n') {
      i++;
      if (i < to && in.get(i) == '.') {
        return i;
      }
    }
    while (true) {
      i = ByteScan.newline(in, i, to);
      if (i >= to - 2) {
        return to;
      }
      if (!ByteScan.isCrLf(in, i)) {
        i++;
        continue;
      }
      i += 2;
      if (in.get(i) == '.') {
        return i;
      }
    }
  }

  private static State stateAfter(ByteBuffer in, int from, int to, State state) {
    return switch (in.get(to - 1)) {
      case '\r' -> State.AFTER_CR;
      case '\n' -> {
        boolean afterCr = to - from >= 2 ? in.get(to - 2) == '\r' : state == State.AFTER_CR;
        yield afterCr ? State.LINE_START : State.MID_LINE;
      }
      default -> State.MID_LINE;
    };
  }
}
