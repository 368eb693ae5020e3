package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.ContentScan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoMessagesTest {

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 258, 300, 333, 334, 335, 1024, 70_000})
  void haveTheSizeAndNeedNoChange(int size) {
    DemoMessages messages = new DemoMessages(size);
    for (int number = 0; number < 200; number++) {
      byte[] message = messages.message(number);
      ContentScan scan = new ContentScan();
      scan.accept(ByteBuffer.wrap(message));
      assertThat(message).hasSize(size);
      assertThat(scan.normalisedLength()).isEqualTo(size);
      assertThat(scan.bareNewlines()).isFalse();
      assertThat(scan.eightBit()).isFalse();
    }
  }

  @Test
  void fitEvenWithTheLargestNumber() {
    assertThat(new DemoMessages(DemoMessages.SMALLEST).message(Integer.MAX_VALUE))
        .hasSize(DemoMessages.SMALLEST);
  }

  @Test
  void differAndAreTheSameEachTime() {
    DemoMessages messages = new DemoMessages(300);
    Set<String> seen = new HashSet<>();
    for (int number = 0; number < 1000; number++) {
      String text = new String(messages.message(number), StandardCharsets.US_ASCII);
      assertThat(seen.add(text)).isTrue();
      assertThat(new DemoMessages(300).message(number)).asString().isEqualTo(text);
    }
    assertThat(seen).anyMatch(text -> text.contains("\r\n."));
  }
}
