package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.DotUnstuffing;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The content of the message that is arriving. Keeps {@code maxOctets} and one read more at most;
 * of what is too big, only its length is counted.
 */
final class ContentBuffer {

  private static final int INITIAL = 8 * 1024;

  /** A buffer grown beyond this is given up after its message. */
  private static final int KEPT = 1024 * 1024;

  private ByteBuffer buffer = ByteBuffer.allocate(INITIAL);
  private DotUnstuffing.State state = DotUnstuffing.State.START;
  private long maxOctets;
  private boolean tooBig;

  /** Starts a message. */
  void begin(long maxOctets) {
    if (buffer.capacity() > KEPT) {
      buffer = ByteBuffer.allocate(INITIAL);
    }
    buffer.clear();
    state = DotUnstuffing.State.START;
    tooBig = false;
    this.maxOctets = maxOctets;
  }

  /**
   * Takes content as it comes after DATA.
   *
   * @return whether the content has ended; what follows it is left in {@code in}
   */
  boolean unstuff(ByteBuffer in) {
    makeRoom(in.remaining() + 2);
    state = DotUnstuffing.unstuff(in, buffer, state);
    checkSize();
    return state == DotUnstuffing.State.END;
  }

  /** Takes octets of a BDAT chunk. */
  void take(ByteBuffer in, int octets) {
    makeRoom(octets);
    buffer.put(in.slice(in.position(), octets));
    in.position(in.position() + octets);
    checkSize();
  }

  /** Whether there was more than the limit. */
  boolean tooBig() {
    return tooBig;
  }

  /** What arrived, until the next message begins; not to be changed. */
  ByteBuffer view() {
    return buffer.duplicate().flip();
  }

  /** A copy of what arrived. */
  byte[] octets() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private void checkSize() {
    if (tooBig || buffer.position() > maxOctets) {
      tooBig = true;
      buffer.clear();
    }
  }

  private void makeRoom(int octets) {
    if (buffer.remaining() < octets) {
      long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + octets);
      int capacity = (int) Math.min(wanted, Integer.MAX_VALUE - 8);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
  }
}
