package io.github.reactivesmtp.codec;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;

/**
 * What must be known of content before it is sent. Give it all buffers of the content in order; the
 * answers are those for content that ends with the last one. Not for use by several threads at
 * once.
 */
public final class ContentScan {

  private State state = State.START;
  private long length;
  private boolean eightBit;
  private boolean bareNewlines;
  private boolean needsStuffing;

  /** A scan of content of which nothing has been seen yet. */
  public ContentScan() {}

  /**
   * Looks at the octets between position and limit.
   *
   * @param in not changed
   */
  public void accept(ByteBuffer in) {
    int start = in.position();
    int end = in.limit();
    // Of most content this is all; if not, the rest gets a closer look.
    int at = LineFilter.plainEnd(in, start, end, state);
    state = LineFilter.stateAfter(in, start, at, state);
    eightBit = eightBit || ByteScan.eightBit(in, at, end);
    length += end - start;
    while (at < end) {
      int clean = LineFilter.cleanEnd(in, at, end, state, !needsStuffing);
      state = LineFilter.stateAfter(in, at, clean, state);
      at = clean;
      if (at < end) {
        at = step(in.get(at), at);
      }
    }
  }

  /** Past one thing that {@link LineFilter#transfer} would correct; where to go on. */
  private int step(byte octet, int at) {
    if (octet == '.' && state == State.LINE_START) {
      needsStuffing = true;
      return at;
    }
    bareNewlines = true;
    if (state == State.AFTER_CR) {
      length++;
      state = State.LINE_START;
      return at;
    }
    if (octet == '\n') {
      length++;
      state = State.LINE_START;
    } else {
      state = State.AFTER_CR;
    }
    return at + 1;
  }

  /**
   * Octets of the content as it will be transferred: every line ended by CR LF, the last one
   * completed, without dots added. The SIZE of RFC 1870 §5, and what {@link LineEndings} makes of
   * it.
   */
  public long normalisedLength() {
    return switch (state) {
      case LINE_START -> length;
      case AFTER_CR -> length + 1;
      case MID_LINE -> length + 2;
    };
  }

  /** Whether any octet is above 127, so that 8BITMIME is called for (RFC 6152). */
  public boolean eightBit() {
    return eightBit;
  }

  /** Whether a CR or LF stands alone; {@link BareNewlines} says what to do then. */
  public boolean bareNewlines() {
    return bareNewlines || state == State.AFTER_CR;
  }

  /** Whether a line starts with a dot, so that {@link DotStuffing} has something to insert. */
  public boolean needsStuffing() {
    return needsStuffing;
  }
}
