package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.codec.ContentScan;
import java.nio.ByteBuffer;

/**
 * What is known of a message before it is sent.
 *
 * @param length octets as transferred, or an estimate, or {@link MessageBody#UNKNOWN_LENGTH}
 * @param inMemory whether the content itself was looked at; if not, what follows is not known
 * @param eightBit whether an octet is above 127
 * @param bareNewlines whether a CR or LF stands alone
 */
record MessageFacts(long length, boolean inMemory, boolean eightBit, boolean bareNewlines) {

  /** Looks at the content if it is in memory: one pass, made by who hands the envelope in. */
  static MessageFacts of(MessageBody body) {
    if (body instanceof MessageBody.InMemory memory) {
      ContentScan scan = new ContentScan();
      scan.accept(ByteBuffer.wrap(memory.octets()));
      return new MessageFacts(scan.normalisedLength(), true, scan.eightBit(), scan.bareNewlines());
    }
    return new MessageFacts(((MessageBody.Streamed) body).length(), false, false, false);
  }
}
