package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The last one-line replies of a connection by their octets. A server says the same few things
 * message after message ("250 2.1.0 Ok"); those need neither decoding nor memory again.
 *
 * <p>Each reply has one place only, so one may drive out another: that costs time, never truth.
 */
final class RecentReplies {

  private static final int PLACES = 16;
  private static final int MIN_OCTETS = Long.BYTES;
  private static final int MAX_OCTETS = 64;

  private final ByteBuffer wire = ByteBuffer.allocate(PLACES * MAX_OCTETS);
  private final int[] lengths = new int[PLACES];
  private final @Nullable SmtpReply[] replies = new SmtpReply[PLACES];

  /** The reply that had just these octets, line end included; null if it is not known. */
  @Nullable SmtpReply find(ByteBuffer in, int from, int to) {
    int length = to - from;
    if (length < MIN_OCTETS || length > MAX_OCTETS) {
      return null;
    }
    int place = place(in, from, to);
    if (lengths[place] != length) {
      return null;
    }
    int start = place * MAX_OCTETS;
    int lastWord = length - Long.BYTES;
    for (int i = 0; i < lastWord; i += Long.BYTES) {
      if (ByteScan.word(in, from + i) != ByteScan.word(wire, start + i)) {
        return null;
      }
    }
    return ByteScan.word(in, from + lastWord) == ByteScan.word(wire, start + lastWord)
        ? replies[place]
        : null;
  }

  /** Remembers a reply and its octets, if they are of a length that may be said again. */
  void add(ByteBuffer in, int from, int to, SmtpReply reply) {
    int length = to - from;
    if (length < MIN_OCTETS || length > MAX_OCTETS) {
      return;
    }
    int place = place(in, from, to);
    wire.put(place * MAX_OCTETS, in, from, length);
    lengths[place] = length;
    replies[place] = reply;
  }

  /** By the first and the last eight octets: between them they hold code, status and line end. */
  private static int place(ByteBuffer in, int from, int to) {
    long mixed = ByteScan.word(in, from) * 31 + ByteScan.word(in, to - Long.BYTES);
    return (int) ((mixed * 0x9E37_79B9_7F4A_7C15L) >>> 60);
  }
}
