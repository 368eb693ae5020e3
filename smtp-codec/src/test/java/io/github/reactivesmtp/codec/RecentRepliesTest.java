package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentRepliesTest {

  private final RecentReplies recent = new RecentReplies();

  private static ByteBuffer wire(String line) {
    return ByteBuffer.wrap((line + "\r\n").getBytes(US_ASCII));
  }

  private SmtpReply add(String line) {
    SmtpReply reply = SmtpReply.of(250, line);
    recent.add(wire(line).array(), reply);
    return reply;
  }

  private SmtpReply find(String line) {
    // Elsewhere in another buffer.
    return recent.find(wire("250 before\r\n" + line), 12, 12 + line.length() + 2);
  }

  /** Octets of the line with its end. */
  @ParameterizedTest
  @CsvSource({"7,false", "8,true", "9,true", "16,true", "63,true", "64,true", "65,false"})
  void knowsLinesOfOrdinaryLength(int octets, boolean known) {
    String line = "250 " + "x".repeat(octets - 6);
    SmtpReply reply = add(line);

    if (known) {
      assertThat(find(line)).isSameAs(reply);
    } else {
      assertThat(find(line)).isNull();
    }
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(find("250 2.1.0 Ok")).isNull();
  }

  /** Octets at either end are alike, so all have the same place; each octet between counts. */
  @Test
  void everyOctetCounts() {
    String line = "250 2.0.0 Ok: queued as 0123456789ABCDEF and so on";
    SmtpReply reply = add(line);
    for (int i = 0; i < line.length(); i++) {
      assertThat(find(line.substring(0, i) + "~" + line.substring(i + 1))).as("%d", i).isNull();
    }
    assertThat(find(line)).isSameAs(reply);
  }

  /** What Postfix says about one message and the next: none drives out another. */
  @Test
  void keepsTheRepliesOfADialogueAtOnce() {
    List<String> lines =
        List.of(
            "250 2.1.0 Ok", "250 2.1.5 Ok", "250 2.0.0 Ok", "354 End data with <CR><LF>.<CR><LF>");
    List<SmtpReply> replies = lines.stream().map(this::add).toList();

    for (int i = 0; i < lines.size(); i++) {
      assertThat(find(lines.get(i))).isSameAs(replies.get(i));
    }
  }
}
