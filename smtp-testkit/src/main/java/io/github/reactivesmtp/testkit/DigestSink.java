package io.github.reactivesmtp.testkit;

import java.nio.ByteBuffer;

/** Keeps nothing of a message but its share in a {@link ContentDigest}: for load and for proof. */
public final class DigestSink implements MessageSink {

  private final ContentDigest digest = new ContentDigest();

  @Override
  public void accept(ReceivedMessage message) {
    add(ByteBuffer.wrap(message.octets()));
  }

  /** The same for a content that has not been made a message. It is read only. */
  void add(ByteBuffer content) {
    digest.add(content);
  }

  /** Grows while messages come in. */
  public ContentDigest digest() {
    return digest;
  }
}
