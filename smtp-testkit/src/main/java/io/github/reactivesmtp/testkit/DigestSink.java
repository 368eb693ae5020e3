package io.github.reactivesmtp.testkit;

/** Keeps nothing of a message but its share in a {@link ContentDigest}: for load and for proof. */
public final class DigestSink implements MessageSink {

  private final ContentDigest digest = new ContentDigest();

  @Override
  public void accept(ReceivedMessage message) {
    digest.add(message.octets());
  }

  /** Grows while messages come in. */
  public ContentDigest digest() {
    return digest;
  }
}
