package io.github.reactivesmtp.codec;

import static io.github.reactivesmtp.codec.ByteScan.ABOVE_CR;
import static io.github.reactivesmtp.codec.ByteScan.CRS;
import static io.github.reactivesmtp.codec.ByteScan.HIGH_BITS;
import static io.github.reactivesmtp.codec.ByteScan.LFS;
import static io.github.reactivesmtp.codec.ByteScan.ONES;
import static io.github.reactivesmtp.codec.ByteScan.putWord;
import static io.github.reactivesmtp.codec.ByteScan.word;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.github.reactivesmtp.codec.DotStuffing.State;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A block of content in arrays, which belong to the thread (12 KiB), so that filtering leaves no
 * garbage. Copying octets here and back is cheap, and pays: access to an array compiles to the same
 * few instructions everywhere, access to a buffer does not.
 *
 * <p>{@link #isClean} takes no branch for a line, so none is mispredicted. It compares each octet
 * with the next two, for which there are three copies of the block as words, one octet apart: loops
 * that read several arrays at the same index are what the compiler makes vector instructions of, on
 * JDK 17 too.
 */
final class ContentBlock {

  /** Octets of a block. */
  static final int OCTETS = 2048;

  /** Octets to be loaded with a block: those behind its last are compared with it, too. */
  static final int AHEAD = 2;

  private static final long DOTS = ONES * '.';

  private static final ThreadLocal<ContentBlock> OF_THREAD =
      ThreadLocal.withInitial(ContentBlock::new);

  /** The octets; words are read, and a newline among them is searched for, beyond the end. */
  private final byte[] octets = new byte[OCTETS + 2 * Long.BYTES];

  private final byte[] corrected = new byte[2 * OCTETS + 2 * Long.BYTES];

  private final LongBuffer view = view(0);
  private final LongBuffer nextView = view(1);
  private final LongBuffer afterNextView = view(2);
  private final long[] words = new long[OCTETS / Long.BYTES];
  private final long[] next = new long[OCTETS / Long.BYTES];
  private final long[] afterNext = new long[OCTETS / Long.BYTES];

  private int loaded;
  private int taken;
  private int made;

  private ContentBlock() {}

  private LongBuffer view(int offset) {
    return ByteBuffer.wrap(octets, offset, OCTETS).slice().order(LITTLE_ENDIAN).asLongBuffer();
  }

  static ContentBlock ofThread() {
    return OF_THREAD.get();
  }

  /** Takes up to {@link #OCTETS} + {@link #AHEAD} octets; returns how many. */
  int load(ByteBuffer in, int from, int to) {
    loaded = Math.min(OCTETS + AHEAD, to - from);
    in.get(from, octets, 0, loaded);
    return loaded;
  }

  /** How many of the loaded octets {@link #isClean} can look at: whole words, and octets ahead. */
  int wholeLength() {
    return Math.max(0, loaded - AHEAD) & -Long.BYTES;
  }

  /** How far to go past so many clean octets: the LF of a CR that is the last goes with it. */
  int past(int length) {
    return octets[length - 1] == '\r' && length < loaded ? length + 1 : length;
  }

  /** Whether {@link #past} so many clean octets a line starts. */
  boolean endsLine(int length) {
    byte last = octets[length - 1];
    return last == '\r' || last == '\n';
  }

  /**
   * Whether the first octets may go out as they stand. False may also be due to an odd control
   * character next to CR or LF.
   *
   * @param length at most {@link #wholeLength}, whole words
   * @param lineStart whether it starts at the start of a line; else it may not start after a CR
   * @param dots whether a dot at the start of a line matters
   */
  boolean isClean(int length, boolean lineStart, boolean dots) {
    if (startsWrong(lineStart && dots)) {
      return false;
    }
    int count = viewed(length);
    long wrong = dots ? wrong(words, next, afterNext, count) : bare(words, next, count);
    return (wrong & HIGH_BITS) == 0;
  }

  /** Whether they are clean, dots included, and none is above 127. */
  boolean isPlain(int length, boolean lineStart) {
    if (startsWrong(lineStart)) {
      return false;
    }
    return (notPlain(words, next, afterNext, viewed(length)) & HIGH_BITS) == 0;
  }

  private boolean startsWrong(boolean dots) {
    return octets[0] == '\n' || (octets[0] == '.' && dots);
  }

  /** Makes words of the first octets; how many. */
  private int viewed(int length) {
    int count = length / Long.BYTES;
    view.get(0, words, 0, count);
    nextView.get(0, next, 0, count);
    afterNextView.get(0, afterNext, 0, count);
    return count;
  }

  /** As {@link #wrong}, or if an octet is above 127. */
  private static long notPlain(long[] words, long[] next, long[] afterNext, int count) {
    long wrong = 0;
    for (int i = 0; i < count; i++) {
      long cr = zeros(words[i] ^ CRS);
      wrong |= words[i] | (cr ^ zeros(next[i] ^ LFS)) | (cr & zeros(afterNext[i] ^ DOTS));
    }
    return wrong;
  }

  /** Not zero if a CR is without LF, an LF without CR, or a dot follows them. */
  private static long wrong(long[] words, long[] next, long[] afterNext, int count) {
    long wrong = 0;
    for (int i = 0; i < count; i++) {
      long cr = zeros(words[i] ^ CRS);
      wrong |= (cr ^ zeros(next[i] ^ LFS)) | (cr & zeros(afterNext[i] ^ DOTS));
    }
    return wrong;
  }

  private static long bare(long[] words, long[] next, int count) {
    long bare = 0;
    for (int i = 0; i < count; i++) {
      bare |= zeros(words[i] ^ CRS) ^ zeros(next[i] ^ LFS);
    }
    return bare;
  }

  /**
   * The first octet that may not go out as it stands, or {@code length}. A CR that is the last
   * octet may.
   */
  int cleanEnd(int length, boolean lineStart, boolean dots) {
    int i = 0;
    boolean dotMatters = lineStart && dots;
    while (i < length) {
      if (dotMatters && octets[i] == '.') {
        return i;
      }
      i = newline(i);
      if (i >= length) {
        break;
      }
      if (octets[i] == '\n' || isBareCr(i)) {
        return i;
      }
      i += 2;
      dotMatters = dots;
    }
    return length;
  }

  /** Whether a CR is known to be without LF. */
  private boolean isBareCr(int index) {
    return index + 1 < loaded && octets[index + 1] != '\n';
  }

  /** The index of the first CR or LF, or one beyond what is loaded. */
  private int newline(int from) {
    int i = from;
    while (i < OCTETS + AHEAD) {
      long found = newlines(word(octets, i));
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += Long.BYTES;
    }
    return i;
  }

  /**
   * Corrects the first octets, until all are taken or so many are made; with {@link
   * BareNewlines#REJECT} only up to the first bare CR or LF.
   */
  State correct(int length, int room, State start, BareNewlines policy, boolean dots) {
    int i = 0;
    int j = 0;
    State state = start;
    while (i < length && j < room) {
      byte octet = octets[i];
      if (state == State.AFTER_CR) {
        if (octet == '\n') {
          i++;
        } else if (policy == BareNewlines.REJECT) {
          break;
        }
        corrected[j++] = '\n';
        state = State.LINE_START;
      } else if (octet == '\r' || octet == '\n') {
        if (policy == BareNewlines.REJECT && (octet == '\n' || isBareCr(i))) {
          break;
        }
        i += octet == '\r' ? 1 : 0;
        corrected[j++] = '\r';
        state = State.AFTER_CR;
      } else if (octet == '.' && state == State.LINE_START && dots) {
        corrected[j++] = '.';
        state = State.MID_LINE;
      } else {
        int run = Math.min(copyToNewline(i, j), Math.min(length - i, room - j));
        i += run;
        j += run;
        state = State.MID_LINE;
      }
    }
    taken = i;
    made = j;
    return state;
  }

  /** Copies up to the next CR or LF and a few octets more; returns how many are before it. */
  private int copyToNewline(int from, int to) {
    int i = 0;
    while (from + i < OCTETS) {
      long word = word(octets, from + i);
      putWord(corrected, to + i, word);
      long found = newlines(word);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += Long.BYTES;
    }
    return i;
  }

  /** Octets that {@link #correct} took. */
  int taken() {
    return taken;
  }

  /** Octets that {@link #correct} made. */
  int made() {
    return made;
  }

  /** Puts out what {@link #correct} made. */
  void putCorrected(ByteBuffer out, int at) {
    out.put(at, corrected, 0, made);
  }

  /** Puts out the first octets as they were loaded. */
  void putClean(ByteBuffer out, int at, int length) {
    out.put(at, octets, 0, length);
  }

  /** Marks the CRs and LFs; only the first mark is sure to be right. */
  private static long newlines(long word) {
    // Most words of a text have no octet up to CR; only the others are worth an exact look.
    if (((word - ABOVE_CR) & ~word & HIGH_BITS) == 0) {
      return 0;
    }
    return (zeros(word ^ CRS) | zeros(word ^ LFS)) & HIGH_BITS;
  }

  /**
   * Marks octets that are zero in their highest bit. A borrow makes false marks of octets 1 above a
   * true one. {@link #isClean} never misses a true one for it: a false mark of a CR is on FF, one
   * of an LF on VT, each next to a CR or LF that stands alone and is marked.
   */
  private static long zeros(long word) {
    return (word - ONES) & ~word;
  }
}
