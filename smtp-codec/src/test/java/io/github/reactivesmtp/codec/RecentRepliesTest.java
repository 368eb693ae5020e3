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

  @Test
  void whatFollowedBeforeIsExpectedAgain() {
    SmtpReply mail = add("250 2.1.0 Ok");
    SmtpReply rcpt = add("250 2.1.5 Ok");
    assertThat(expected("250 2.1.0 Ok\r\n")).as("not said after RCPT yet").isNull();
    assertThat(find("250 2.1.0 Ok")).isSameAs(mail);

    assertThat(expected("250 2.1.5 Ok\r\n")).isSameAs(rcpt);
    assertThat(recent.lastOctets()).isEqualTo(14);
    assertThat(expected("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n")).isSameAs(mail);
  }

  @Test
  void whatIsExpectedHasToBeThereWhole() {
    add("250 2.1.0 Ok");
    SmtpReply reply = find("250 2.1.0 Ok");
    String line = "250 2.1.0 Ok\r\n";
    for (int length = 0; length < line.length(); length++) {
      assertThat(expected(line.substring(0, length))).as("%d octets", length).isNull();
    }
    for (int i = 0; i < line.length(); i++) {
      assertThat(expected(line.substring(0, i) + "~" + line.substring(i + 1))).as("%d", i).isNull();
    }
    assertThat(expected(line)).isSameAs(reply);
  }

  /** A queue id changes with each message; it must not make the parser forget the others. */
  @Test
  void whatChangesDrivesOutItsLikeOnly() {
    SmtpReply rcpt = add("250 2.1.5 Ok");
    for (int i = 0; i < 1000; i++) {
      add("250 2.0.0 Ok: queued as 4C0" + i);
    }
    assertThat(find("250 2.1.5 Ok")).isSameAs(rcpt);
    assertThat(find("250 2.0.0 Ok: queued as 4C0998")).isNull();
    assertThat(find("250 2.0.0 Ok: queued as 4C0999")).isNotNull();
  }

  private SmtpReply expected(String wire) {
    ByteBuffer in = ByteBuffer.wrap(("!" + wire).getBytes(US_ASCII));
    return recent.expected(in, 1, in.limit());
  }
}
