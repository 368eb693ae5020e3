package io.github.reactivesmtp.testkit;

import java.nio.ByteBuffer;

/**
 * Keeps nothing of a message but its share in a {@link ContentDigest}: for load that proves what
 * arrived. Most of its cost is SHA-256; a {@link CountingSink} does without.
 */
public final class DigestSink implements OctetSink {

  private final ContentDigest digest = new ContentDigest();

  @Override
  public void add(ByteBuffer content) {
    digest.add(content);
  }

  /** Grows while messages come in. */
  public ContentDigest digest() {
    return digest;
  }
}
