package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.ContentScan;
import java.nio.ByteBuffer;

/**
 * What is known of a message before it is sent.
 *
 * @param length octets as transferred, or an estimate, or {@link MessageBody#UNKNOWN_LENGTH}
 * @param inMemory whether the content itself was looked at; if not, what follows is not known
 * @param eightBit whether an octet is above 127
 * @param bareNewlines whether a CR or LF stands alone
 * @param asIs whether it goes out as it is given, its line ends and its last line included
 * @param binary whether it goes out as it is (BINARYMIME, RFC 3030): it has no lines to look at
 */
record MessageFacts(
    long length,
    boolean inMemory,
    boolean eightBit,
    boolean bareNewlines,
    boolean asIs,
    boolean binary) {

  /** Looks at the content if it is in memory: one pass, made by who hands the envelope in. */
  static MessageFacts of(Envelope envelope) {
    boolean binary = envelope.mailParameters().body() == BodyType.BINARY_MIME;
    if (envelope.body() instanceof MessageBody.InMemory memory) {
      byte[] octets = memory.octets();
      if (binary) {
        return new MessageFacts(octets.length, true, false, false, true, true);
      }
      ContentScan scan = new ContentScan();
      scan.accept(ByteBuffer.wrap(octets));
      long length = scan.normalisedLength();
      boolean asIs = length == octets.length && !scan.bareNewlines();
      return new MessageFacts(length, true, scan.eightBit(), scan.bareNewlines(), asIs, false);
    }
    long length = ((MessageBody.Streamed) envelope.body()).length();
    return new MessageFacts(length, false, false, false, binary, binary);
  }
}
