package io.github.reactivesmtp.benchmarks.codec;

import java.nio.ByteBuffer;

/** Where octets are. */
public enum Memory {
  HEAP,
  DIRECT;

  ByteBuffer allocate(int octets) {
    return this == HEAP ? ByteBuffer.allocate(octets) : ByteBuffer.allocateDirect(octets);
  }

  ByteBuffer of(byte[] octets) {
    return allocate(octets.length).put(octets).flip();
  }
}
