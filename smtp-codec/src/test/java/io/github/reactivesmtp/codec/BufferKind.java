package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kinds of buffer that must all work alike; each starts at a position other than 0. */
enum BufferKind {
  HEAP,
  DIRECT,
  READ_ONLY_HEAP,
  READ_ONLY_DIRECT,
  SLICE_LITTLE_ENDIAN;

  private static final int LEAD = 3;

  /** A buffer of this kind with one char of the text per octet. */
  ByteBuffer of(String latin1) {
    return of(latin1.getBytes(ISO_8859_1));
  }

  ByteBuffer of(byte[] octets) {
    int size = LEAD + octets.length + 2;
    ByteBuffer buffer =
        switch (this) {
          case HEAP, READ_ONLY_HEAP, SLICE_LITTLE_ENDIAN -> ByteBuffer.allocate(size);
          case DIRECT, READ_ONLY_DIRECT -> ByteBuffer.allocateDirect(size);
        };
    // What lies outside the limits must never be looked at: it would be stuffed.
    buffer.put("\r\n.".getBytes(ISO_8859_1)).put(octets).put(".\n".getBytes(ISO_8859_1));
    buffer.position(LEAD).limit(LEAD + octets.length);
    return switch (this) {
      case HEAP, DIRECT -> buffer;
      case READ_ONLY_HEAP, READ_ONLY_DIRECT -> buffer.asReadOnlyBuffer();
      case SLICE_LITTLE_ENDIAN -> buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    };
  }

  /** What lies before the position, as text with one char per octet. */
  static String written(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.position()];
    buffer.get(0, octets);
    return new String(octets, ISO_8859_1);
  }
}
