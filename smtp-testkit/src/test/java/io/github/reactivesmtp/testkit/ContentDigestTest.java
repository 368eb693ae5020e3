package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentDigestTest {

  @Test
  void startsAtZero() {
    assertThat(new ContentDigest().hex()).isEqualTo("0".repeat(64));
  }

  @Test
  void isTheSha256OfOneContent() {
    ContentDigest digest = new ContentDigest();
    digest.add("abc".getBytes(UTF_8)); // FIPS 180-2, appendix B.1
    assertThat(digest.hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(digest.count()).isEqualTo(1);
    assertThat(digest.octets()).isEqualTo(3);
  }

  /** Against a plain sum of big integers: carries between the words included. */
  @Test
  void isTheSumModulo2To256InWhateverOrder() throws Exception {
    Random random = new Random(42);
    List<byte[]> contents = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 2000; i++) {
      byte[] content = new byte[random.nextInt(50)];
      random.nextBytes(content);
      contents.add(content);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      sum = sum.add(new BigInteger(1, hash)).mod(BigInteger.ONE.shiftLeft(256));
    }
    ContentDigest inOrder = new ContentDigest();
    contents.forEach(inOrder::add);
    assertThat(inOrder.hex()).isEqualTo("%064x".formatted(sum));

    Collections.shuffle(contents, random);
    ContentDigest shuffled = new ContentDigest();
    contents.stream().map(ByteBuffer::wrap).parallel().forEach(shuffled::add);
    assertThat(shuffled).isEqualTo(inOrder).hasSameHashCodeAs(inOrder);
  }

  @Test
  void noticesADuplicate() {
    ContentDigest once = new ContentDigest();
    once.add("a".getBytes(UTF_8));
    ContentDigest twice = new ContentDigest();
    twice.add("a".getBytes(UTF_8));
    twice.add("a".getBytes(UTF_8));
    twice.add("a".getBytes(UTF_8));
    assertThat(once).isNotEqualTo(twice);
    assertThat(once.hex()).isNotEqualTo(twice.hex());
  }

  @Test
  void leavesTheBufferAsItWas() {
    ByteBuffer content = ByteBuffer.wrap("xabcx".getBytes(UTF_8), 1, 3);
    ContentDigest digest = new ContentDigest();
    digest.add(content);
    assertThat(content.remaining()).isEqualTo(3);
    assertThat(digest.hex()).startsWith("ba7816bf");
  }
}
