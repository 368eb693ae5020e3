package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The same octets as they may arrive: whole, one by one, and cut where their hash has it. */
final class Cuts {

  private Cuts() {}

  static List<List<ByteBuffer>> of(byte[] octets) {
    List<ByteBuffer> single = new ArrayList<>();
    for (int i = 0; i < octets.length; i++) {
      single.add(ByteBuffer.wrap(octets, i, 1));
    }
    List<ByteBuffer> pieces = new ArrayList<>();
    Random random = new Random(Arrays.hashCode(octets));
    for (int from = 0; from < octets.length; ) {
      int length = Math.min(octets.length - from, random.nextInt(1 + random.nextInt(40)));
      pieces.add(ByteBuffer.allocateDirect(length).put(octets, from, length).flip());
      from += length;
    }
    return List.of(List.of(ByteBuffer.wrap(octets)), single, pieces);
  }
}
