package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyParserTest {

  static Stream<Arguments> replies() {
    return Stream.of(
        reply("250 2.1.0 Ok\r\n", SmtpReply.of(250, "2.1.0 Ok")),
        reply("250\r\n", SmtpReply.of(250, "")),
        reply("250 \r\n", SmtpReply.of(250, "")),
        reply("250 ok\n", SmtpReply.of(250, "ok")),
        reply("250\n", SmtpReply.of(250, "")),
        reply("250-\r\n250\r\n", SmtpReply.of(250, "", "")),
        reply("250-a\r\n250-b\n250 c\r\n", SmtpReply.of(250, "a", "b", "c")),
        reply("250  two spaces \r\n", SmtpReply.of(250, " two spaces ")),
        reply("354 go\r\n250 done\r\n", SmtpReply.of(354, "go"), SmtpReply.of(250, "done")),
        reply("599-a\r\n599 b\r\n200 \r\n", SmtpReply.of(599, "a", "b"), SmtpReply.of(200, "")),
        reply("250 gr\u00fc\u00df\u20ac\ud83d\ude00\r\n", SmtpReply.of(250, "grüß€\ud83d\ude00")),
        reply("250 a\rb\0c\r\n", SmtpReply.of(250, "a\ufffdb\ufffdc")),
        reply("250 \ra\r\n", SmtpReply.of(250, "\ufffda")),
        reply("250 \0a\r\n", SmtpReply.of(250, "\ufffda")),
        reply("250 a\0\r\n", SmtpReply.of(250, "a\ufffd")),
        reply("250 ends with two CR\r\r\n", SmtpReply.of(250, "ends with two CR")),
        reply(
            "250 " + "x".repeat(2042) + "\r\n250 ok\r\n",
            SmtpReply.of(250, "x".repeat(2042)),
            SmtpReply.of(250, "ok")),
        reply(
            "250 same\r\n250 same\r\n250 sane\r\n250 same\r\n",
            SmtpReply.of(250, "same"),
            SmtpReply.of(250, "same"),
            SmtpReply.of(250, "sane"),
            SmtpReply.of(250, "same")));
  }

  private static Arguments reply(String wire, SmtpReply... expected) {
    return Arguments.of(wire.getBytes(UTF_8), List.of(expected));
  }

  private static List<SmtpReply> parse(ReplyParser parser, ByteBuffer... chunks) {
    List<SmtpReply> replies = new ArrayList<>();
    for (ByteBuffer chunk : chunks) {
      for (SmtpReply reply = parser.parse(chunk); reply != null; reply = parser.parse(chunk)) {
        replies.add(reply);
      }
      assertThat(chunk.hasRemaining()).isFalse();
    }
    return replies;
  }

  @ParameterizedTest
  @MethodSource("replies")
  void whole(byte[] wire, List<SmtpReply> expected) {
    for (BufferKind kind : BufferKind.values()) {
      ReplyParser parser = new ReplyParser();
      assertThat(parse(parser, kind.of(wire))).as("%s", kind).isEqualTo(expected);
      assertThat(parser.isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("replies")
  void splitAtEveryPosition(byte[] wire, List<SmtpReply> expected) {
    for (BufferKind kind : List.of(BufferKind.HEAP, BufferKind.DIRECT)) {
      for (int cut = 0; cut <= wire.length; cut++) {
        ByteBuffer first = kind.of(Arrays.copyOf(wire, cut));
        ByteBuffer second = kind.of(Arrays.copyOfRange(wire, cut, wire.length));
        assertThat(parse(new ReplyParser(), first, second)).as("at %d", cut).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("replies")
  void octetByOctet(byte[] wire, List<SmtpReply> expected) {
    ReplyParser parser = new ReplyParser();
    List<SmtpReply> replies = new ArrayList<>();
    ByteBuffer one = ByteBuffer.allocate(1);
    for (byte octet : wire) {
      replies.addAll(parse(parser, one.clear().put(0, octet)));
    }
    assertThat(replies).isEqualTo(expected);
    assertThat(parser.isEmpty()).isTrue();
  }

  @Test
  void malformedUtf8IsReplaced() {
    ByteBuffer in = BufferKind.DIRECT.of("550 caf\u00e9 \u00c3\r\n");

    assertThat(parse(new ReplyParser(), in)).containsExactly(SmtpReply.of(550, "caf\ufffd \ufffd"));
  }

  @Test
  void whatFollowsAReplyIsLeft() {
    ByteBuffer in = BufferKind.HEAP.of("220 go ahead\r\n\u0016\u0003");

    assertThat(new ReplyParser().parse(in)).isEqualTo(SmtpReply.of(220, "go ahead"));
    assertThat(in.remaining()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "250 Ok", "250 Ok\r", "250-a\r\n", "250-a\r\n2"})
  void aPartIsHeldBack(String part) {
    ReplyParser parser = new ReplyParser();
    assertThat(parser.isEmpty()).isTrue();
    assertThat(parse(parser, BufferKind.HEAP.of(part))).isEmpty();
    assertThat(parser.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "\n",
        "25\r\n",
        "2500 Ok\r\n",
        "250_Ok\r\n",
        "250\tOk\r\n",
        "250\0\r\n",
        " 250 Ok\r\n",
        "-250 Ok\r\n",
        "+50 Ok\r\n",
        "2x0 Ok\r\n",
        "199 low\r\n",
        "600 high\r\n",
        "000 zero\r\n",
        "\u00b2\u00b5\u00b0 Ok\r\n",
        "250-a\r\n251 b\r\n",
        "250-a\r\n550-b\r\n550 c\r\n",
        "250-a\r\nb\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
      })
  void whatIsNoReplyIsRefusedForGood(String wire) {
    for (int cut = 0; cut < wire.length(); cut++) {
      ReplyParser parser = new ReplyParser();
      ByteBuffer first = BufferKind.HEAP.of(wire.substring(0, cut));
      ByteBuffer second = BufferKind.DIRECT.of(wire.substring(cut));
      assertThatThrownBy(() -> parse(parser, first, second))
          .isInstanceOf(SmtpSyntaxException.class);
      assertThatThrownBy(() -> parser.parse(BufferKind.HEAP.of("250 Ok\r\n")))
          .as("later")
          .isInstanceOf(SmtpSyntaxException.class)
          .hasMessageStartingWith("failed before: ")
          .hasCauseInstanceOf(SmtpSyntaxException.class);
    }
  }

  @Test
  void theErrorShowsTheLineEscapedAndShortened() {
    assertThatThrownBy(
            () ->
                parse(
                    new ReplyParser(), BufferKind.HEAP.of("\u0016\u0003" + "x".repeat(500) + "\n")))
        .hasMessage("not a reply line: \\u0016\\u0003" + "x".repeat(78));
  }

  @Test
  void aLineLongerThanTheLimitIsRefusedBeforeItsEnd() {
    String longest = "250 " + "x".repeat(14) + "\r\n";
    ReplyParser parser = new ReplyParser(20, 2, 100);
    assertThat(parse(parser, BufferKind.HEAP.of(longest))).hasSize(1);

    assertThatThrownBy(() -> parse(parser, BufferKind.HEAP.of("250 " + "x".repeat(17))))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("a reply line of more than 20 octets");
    for (int cut = 1; cut < 21; cut++) {
      ReplyParser another = new ReplyParser(20, 2, 100);
      ByteBuffer first = BufferKind.HEAP.of("250 ".repeat(6).substring(0, cut));
      ByteBuffer second = BufferKind.HEAP.of("x".repeat(21 - cut));
      assertThatThrownBy(() -> parse(another, first, second))
          .isInstanceOf(SmtpSyntaxException.class);
    }
  }

  @Test
  void theSmallestLimitsTakeTheSmallestReply() {
    ReplyParser parser = new ReplyParser(4, 1, 4);
    assertThat(parse(parser, BufferKind.HEAP.of("250\n"))).containsExactly(SmtpReply.of(250, ""));
    assertThatThrownBy(() -> parse(parser, BufferKind.HEAP.of("250-\n")))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({"3,1,4", "4,0,4", "4,1,3"})
  void limitsWithoutRoomForAnyReplyAreRefused(int lineOctets, int lines, int octets) {
    assertThatThrownBy(() -> new ReplyParser(lineOctets, lines, octets))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreLinesThanTheLimitAreRefused() {
    ReplyParser parser = new ReplyParser(20, 3, 100);
    assertThat(parse(parser, BufferKind.HEAP.of("250-a\r\n250-b\r\n250 c\r\n"))).hasSize(1);

    assertThatThrownBy(
            () -> parse(parser, BufferKind.HEAP.of("250-a\r\n250-b\r\n250-c\r\n250 d\r\n")))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("a reply of more than 3 lines");
  }

  @Test
  void moreOctetsThanTheLimitAreRefused() {
    ReplyParser parser = new ReplyParser(20, 10, 21);
    assertThat(parse(parser, BufferKind.HEAP.of("250-a\r\n250-b\r\n250 c\r\n250 d\r\n")))
        .hasSize(2);

    assertThatThrownBy(() -> parse(parser, BufferKind.HEAP.of("250-a\r\n250-b\r\n250 cd\r\n")))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("a reply of more than 21 octets");
  }

  @Test
  void theStatedDefaultsHold() {
    String line = "250-" + "x".repeat(122) + "\r\n";
    String most = line.repeat(511) + "250 " + "x".repeat(122) + "\r\n";
    assertThat(parse(new ReplyParser(), BufferKind.HEAP.of(most))).hasSize(1);
    assertThatThrownBy(
            () -> parse(new ReplyParser(), BufferKind.HEAP.of("250-\r\n".repeat(512) + "250\r\n")))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void whatAServerSaysAgainIsTheSameInstance() {
    ReplyParser parser = new ReplyParser();
    String[] said = {
      "250 2.1.0 Ok", "250 2.1.5 Ok", "250 OK", "354 End data with <CR><LF>.<CR><LF>"
    };
    for (String line : said) {
      SmtpReply first = parser.parse(BufferKind.HEAP.of(line + "\r\n"));
      SmtpReply second = parser.parse(BufferKind.DIRECT.of(line + "\r\n"));
      assertThat(second).isNotNull().isSameAs(first);
      assertThat(second).hasToString(line);
    }
  }

  @Test
  void repliesThatDifferInOneOctetAreNeverMistaken() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ReplyParser parser = new ReplyParser();
      byte[] line = ("250 " + "y".repeat(random.nextInt(62)) + "\r\n").getBytes(ISO_8859_1);
      for (int i = 0; i < 200; i++) {
        if (line.length > 6) {
          line[4 + random.nextInt(line.length - 6)] = (byte) ('a' + random.nextInt(3));
        }
        assertThat(parse(parser, ByteBuffer.wrap(line)))
            .as("seed %d", seed)
            .singleElement()
            .hasToString(new String(line, 0, line.length - 2, ISO_8859_1));
      }
    }
  }
}
