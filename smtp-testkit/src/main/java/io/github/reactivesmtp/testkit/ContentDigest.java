package io.github.reactivesmtp.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a set of messages amounts to, whatever order they come in: their number, their octets and
 * the sum, modulo 2^256, of their SHA-256 values. Two of them are equal if, for all practical
 * purposes, the same contents were added the same number of times. Thread-safe.
 *
 * <p>A sum, not an exclusive or, which would not notice a message that comes twice.
 */
public final class ContentDigest {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(ContentDigest::sha256);

  /** The sum, least significant word first. Guarded by this. */
  private final long[] sum = new long[4];

  private long count;
  private long octets;

  public void add(byte[] content) {
    add(ByteBuffer.wrap(content));
  }

  /** Adds what remains in the buffer; its position stays. */
  public void add(ByteBuffer content) {
    int length = content.remaining();
    MessageDigest digest = SHA_256.get();
    digest.update(content.duplicate());
    ByteBuffer hash = ByteBuffer.wrap(digest.digest()).order(ByteOrder.BIG_ENDIAN);
    synchronized (this) {
      long carry = 0;
      for (int i = 0; i < sum.length; i++) {
        long word = hash.getLong((sum.length - 1 - i) * Long.BYTES);
        long partial = word + carry;
        long total = sum[i] + partial;
        carry =
            Long.compareUnsigned(partial, word) < 0 || Long.compareUnsigned(total, partial) < 0
                ? 1
                : 0;
        sum[i] = total;
      }
      count++;
      octets += length;
    }
  }

  /** How many contents were added. */
  public synchronized long count() {
    return count;
  }

  /** How many octets they had together. */
  public synchronized long octets() {
    return octets;
  }

  /** The sum as 64 hexadecimal digits. */
  public String hex() {
    HexFormat hex = HexFormat.of();
    StringBuilder text = new StringBuilder(64);
    long[] words = snapshot();
    for (int i = 3; i >= 0; i--) {
      text.append(hex.toHexDigits(words[i]));
    }
    return text.toString();
  }

  /** The sum, the number and the octets. */
  private synchronized long[] snapshot() {
    return new long[] {sum[0], sum[1], sum[2], sum[3], count, octets};
  }

  /** Whether both stand for the same contents at this moment. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContentDigest that && Arrays.equals(snapshot(), that.snapshot());
  }

  /** Changes with every content added. */
  @Override
  public int hashCode() {
    return Arrays.hashCode(snapshot());
  }

  @Override
  public String toString() {
    return count() + " messages, " + octets() + " octets, " + hex();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
