package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ByteScanTest {

  @ParameterizedTest
  @EnumSource
  void findsEachOctetValueAtEachPlaceOfEachLength(BufferKind kind) {
    for (int length = 1; length <= 26; length++) {
      for (int at = 0; at < length; at++) {
        for (int value = 0; value < 256; value++) {
          byte[] octets = "a".repeat(length).getBytes(US_ASCII);
          octets[at] = (byte) value;
          ByteBuffer in = kind.of(octets);
          int from = in.position();
          int to = in.limit();
          boolean newline = value == '\r' || value == '\n';
          String what = "octet " + value + " at " + at + " of " + length;

          assertThat(ByteScan.newline(in, from, to)).as(what).isEqualTo(newline ? from + at : to);
          assertThat(ByteScan.eightBit(in, from, to)).as(what).isEqualTo(value > 127);
          if (value != 'a') {
            assertThat(ByteScan.indexOf((byte) value, in, from, to)).as(what).isEqualTo(from + at);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheFirstOfTwoNeighbours(BufferKind kind) {
    // The subtraction in a word borrows from the octet above: CR next to LF, and 1 next to 0.
    String[] pairs = {"\r\n", "\n\r", "\r\r", "\n\n", "\n\u000b", "\u000b\n", "\r\u000c", "\t\n"};
    for (String pair : pairs) {
      for (int lead = 0; lead < 18; lead++) {
        String text = "x".repeat(lead) + pair + "x".repeat(9);
        ByteBuffer in = kind.of(text);
        int expected = 0;
        while (text.charAt(expected) != '\r' && text.charAt(expected) != '\n') {
          expected++;
        }
        assertThat(ByteScan.newline(in, in.position(), in.limit()) - in.position())
            .as("in %s after %d", SmtpReply.escape(pair), lead)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheBufferAsItIs(BufferKind kind) {
    ByteBuffer in = kind.of("0123456789\r\n");
    int position = in.position();
    ByteOrder order = in.order();

    assertThat(ByteScan.newline(in, position, in.limit())).isEqualTo(position + 10);

    assertThat(in.position()).isEqualTo(position);
    assertThat(in.order()).isEqualTo(order);
  }
}
