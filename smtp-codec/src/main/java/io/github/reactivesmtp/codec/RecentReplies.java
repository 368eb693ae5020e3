package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The last one-line replies of a connection by their octets. A server says the same few things
 * message after message ("250 2.1.0 Ok"); those need neither decoding nor memory again. It says
 * them in the same order, too: what followed last time is tried first, before its end is known.
 *
 * <p>Each reply has one place only, so one may drive out another: that costs time, never truth.
 */
final class RecentReplies {

  private static final int PLACES = 16;
  private static final int MIN_OCTETS = Long.BYTES;
  private static final int MAX_OCTETS = 64;

  /** Odd, its bits in no order: the golden ratio. */
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final byte[][] lines = new byte[PLACES][0];
  private final @Nullable SmtpReply[] replies = new SmtpReply[PLACES];

  /** The place of what followed the reply that has this place. */
  private final int[] followers = new int[PLACES];

  private int last;

  /**
   * The reply that the octets from {@code from} on begin with, if it is the one that followed the
   * last one before; null if not.
   */
  @Nullable SmtpReply expected(ByteBuffer in, int from, int to) {
    int place = followers[last];
    byte[] line = lines[place];
    if (line.length == 0 || line.length > to - from || !startsWith(in, from, line)) {
      return null;
    }
    last = place;
    return replies[place];
  }

  /** Octets of the line of the reply that was found or added last. */
  int lastOctets() {
    return lines[last].length;
  }

  /** The reply that had just these octets, line end included; null if it is not known. */
  @Nullable SmtpReply find(ByteBuffer in, int from, int to) {
    int length = to - from;
    if (length < MIN_OCTETS || length > MAX_OCTETS) {
      return null;
    }
    int place = place(ByteScan.word(in, from), ByteScan.word(in, from + secondWord(length)));
    if (lines[place].length != length || !startsWith(in, from, lines[place])) {
      return null;
    }
    follow(place);
    return replies[place];
  }

  /**
   * Remembers a reply and its octets, if they are of a length that may be said again.
   *
   * @param line with its end; kept
   */
  void add(byte[] line, SmtpReply reply) {
    int length = line.length;
    if (length < MIN_OCTETS || length > MAX_OCTETS) {
      return;
    }
    int place = place(ByteScan.word(line, 0), ByteScan.word(line, secondWord(length)));
    lines[place] = line;
    replies[place] = reply;
    follow(place);
  }

  private void follow(int place) {
    followers[last] = place;
    last = place;
  }

  private static boolean startsWith(ByteBuffer in, int from, byte[] line) {
    int lastWord = line.length - Long.BYTES;
    for (int i = 0; i < lastWord; i += Long.BYTES) {
      if (ByteScan.word(in, from + i) != ByteScan.word(line, i)) {
        return false;
      }
    }
    return ByteScan.word(in, from + lastWord) == ByteScan.word(line, lastWord);
  }

  /**
   * The first sixteen octets tell replies apart. What differs each time, such as a queue id, mostly
   * comes after them: so it drives out its like, and nothing else.
   */
  private static int secondWord(int length) {
    return Math.min(Long.BYTES, length - Long.BYTES);
  }

  private static int place(long first, long second) {
    long mixed = first * MIX + second;
    return (int) (((mixed ^ (mixed >>> 32)) * MIX) >>> 60);
  }
}
