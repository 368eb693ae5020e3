package io.github.reactivesmtp.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Finds octets in a buffer, eight at a time (SIMD within a register). All indexes are absolute and
 * the buffer is left as it is, its byte order too.
 *
 * <p>The words are read through a view handle and not by {@link ByteBuffer#getLong(int)}: that
 * method is virtual, and a process that sends from heap, direct and read-only buffers would pay a
 * megamorphic call for each word. Little-endian words have their first octet in the lowest bits, so
 * counting trailing zeros finds the first match.
 */
final class ByteScan {

  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle PAIR =
      MethodHandles.byteBufferViewVarHandle(short[].class, LITTLE_ENDIAN);

  private static final VarHandle ARRAY_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  static final long ONES = 0x0101_0101_0101_0101L;
  static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  static final long CRS = ONES * '\r';
  static final long LFS = ONES * '\n';
  static final long ABOVE_CR = ONES * ('\r' + 1);
  private static final short CRLF = '\n' << 8 | '\r';

  private ByteScan() {}

  /** The eight octets at an index, the first in the lowest bits. */
  static long word(ByteBuffer in, int index) {
    return (long) WORD.get(in, index);
  }

  /** The same of an array. */
  static long word(byte[] in, int index) {
    return (long) ARRAY_WORD.get(in, index);
  }

  /** Puts eight octets, the first in the lowest bits. */
  static void putWord(byte[] out, int index, long word) {
    ARRAY_WORD.set(out, index, word);
  }

  /** Whether CR LF stands at an index; two octets must be there. */
  static boolean isCrLf(ByteBuffer in, int index) {
    return (short) PAIR.get(in, index) == CRLF;
  }

  /** The index of the first CR or LF, or {@code to}. */
  static int newline(ByteBuffer in, int from, int to) {
    int lastWord = to - Long.BYTES;
    int i = from;
    for (; i <= lastWord; i += Long.BYTES) {
      long word = word(in, i);
      // Most words of a text have no octet up to CR; only the others are worth an exact look.
      if (((word - ABOVE_CR) & ~word & HIGH_BITS) != 0) {
        long found = zeros(word ^ LFS) | zeros(word ^ CRS);
        if (found != 0) {
          return i + firstOctet(found);
        }
      }
    }
    if (i < to && from <= lastWord) {
      // The rest, read together with octets before it that are known to be something else.
      long word = word(in, lastWord);
      long found = zeros(word ^ LFS) | zeros(word ^ CRS);
      return found == 0 ? to : lastWord + firstOctet(found);
    }
    while (i < to && in.get(i) != '\r' && in.get(i) != '\n') {
      i++;
    }
    return i;
  }

  /** The index of the first octet of that value, or {@code to}. */
  static int indexOf(byte octet, ByteBuffer in, int from, int to) {
    long pattern = ONES * (octet & 0xFF);
    int lastWord = to - Long.BYTES;
    int i = from;
    for (; i <= lastWord; i += Long.BYTES) {
      long found = zeros(word(in, i) ^ pattern);
      if (found != 0) {
        return i + firstOctet(found);
      }
    }
    if (i < to && from <= lastWord) {
      long found = zeros(word(in, lastWord) ^ pattern);
      return found == 0 ? to : lastWord + firstOctet(found);
    }
    while (i < to && in.get(i) != octet) {
      i++;
    }
    return i;
  }

  /** Whether any octet is above 127. */
  static boolean eightBit(ByteBuffer in, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      if ((word(in, i) & HIGH_BITS) != 0) {
        return true;
      }
    }
    while (i < to && in.get(i) >= 0) {
      i++;
    }
    return i < to;
  }

  /** Marks octets that are zero. Marks above the first may be false: a borrow went through them. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  private static int firstOctet(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
