package io.github.reactivesmtp.codec;

import static io.github.reactivesmtp.codec.CommandFixtures.address;
import static io.github.reactivesmtp.codec.CommandFixtures.direct;
import static io.github.reactivesmtp.codec.CommandFixtures.heap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

  private final CommandParser parser = new CommandParser();

  static Stream<Arguments> lines() {
    Stream<Arguments> written =
        CommandFixtures.commands().entrySet().stream()
            .map(entry -> Arguments.of(entry.getKey() + "\r\n", entry.getValue()));
    return Stream.concat(written, lenientLines());
  }

  static Stream<Arguments> lenientLines() {
    SmtpCommand mail = new SmtpCommand.Mail(address("a@b"));
    SmtpCommand rcpt = new SmtpCommand.Rcpt(address("a@b"));
    return Stream.of(
        Arguments.of("quit\r\n", SmtpCommand.QUIT),
        Arguments.of("QuIt\n", SmtpCommand.QUIT),
        Arguments.of("DATA  \r\n", SmtpCommand.DATA),
        Arguments.of("NOOP \n", SmtpCommand.NOOP),
        Arguments.of("ehlo   a  \r\n", new SmtpCommand.Ehlo("a")),
        Arguments.of("mail from:<a@b>\r\n", mail),
        Arguments.of("MAIL FROM: <a@b>\r\n", mail),
        Arguments.of("MAIL  FROM:   <a@b>  \r\n", mail),
        Arguments.of("MAIL FROM:<@c,@d.e:a@b>\r\n", mail),
        Arguments.of("RCPT To: <@c:a@b> \n", rcpt),
        Arguments.of(
            "RCPT TO:<@c:\"a>,@b:\"@b>\r\n", new SmtpCommand.Rcpt(address("\"a>,@b:\"@b"))),
        Arguments.of("RCPT TO:<postMaster>\r\n", new SmtpCommand.Rcpt(address("postMaster"))),
        Arguments.of("bdat 007 last\r\n", new SmtpCommand.Bdat(7, true)),
        Arguments.of("BDAT  5   LAST \r\n", new SmtpCommand.Bdat(5, true)),
        Arguments.of("auth plain  =\r\n", new SmtpCommand.Auth("PLAIN", "=")),
        Arguments.of("starttls\n", SmtpCommand.STARTTLS));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void parsesWhole(String line, SmtpCommand command) {
    assertThat(parser.parse(heap(line))).isEqualTo(command).hasSameHashCodeAs(command);
    assertThat(parser.parse(direct(line))).isEqualTo(command);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void leavesWhatFollows(String line, SmtpCommand command) {
    ByteBuffer in = direct(line + "QUIT\r\nRS");
    assertThat(parser.parse(in)).isEqualTo(command);
    assertThat(in.remaining()).isEqualTo(8);
    assertThat(parser.parse(in)).isEqualTo(SmtpCommand.QUIT);
    assertThat(parser.parse(in)).isNull();
    assertThat(in.hasRemaining()).isFalse();
    assertThat(parser.parse(heap("ET\n"))).isEqualTo(SmtpCommand.RSET);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void parsesOctetByOctet(String line, SmtpCommand command) {
    for (Function<String, ByteBuffer> kind : kinds()) {
      ByteBuffer all = kind.apply(line);
      int last = all.limit() - 1;
      for (int i = 0; i < last; i++) {
        assertThat(parser.parse(all.limit(i + 1))).isNull();
        assertThat(all.position()).isEqualTo(i + 1);
      }
      assertThat(parser.parse(all.limit(last + 1))).isEqualTo(command);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void parsesSplitAnywhere(String line, SmtpCommand command) {
    for (Function<String, ByteBuffer> kind : kinds()) {
      int octets = line.getBytes(StandardCharsets.UTF_8).length;
      for (int split = 0; split < octets; split++) {
        ByteBuffer in = kind.apply(line);
        assertThat(parser.parse(in.limit(split))).isNull();
        assertThat(parser.parse(in.limit(octets))).as("split at %s", split).isEqualTo(command);
        assertThat(in.hasRemaining()).isFalse();
      }
    }
  }

  private static List<Function<String, ByteBuffer>> kinds() {
    return List.of(CommandFixtures::heap, CommandFixtures::direct);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "FOO",
        "QUIT\t",
        " QUIT",
        "QUITX",
        "MAILFROM:<a@b>",
        "ＱＵＩＴ",
        "ſtarttls",
        "TURN",
        "QU\rIT",
        "QUIT\r\r",
        "\rQUIT",
        "NOOP a\u0000b",
        "MAIL FROM:<a@b>\rRCPT TO:<c@d>",
        "NOOP \u007F",
        "NOOP a\u0085b",
        "NOOP \u2028",
        "MAIL FROM:\t<a@b>"
      })
  void refusesUnknown(String line) {
    refuses(line, 500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELO",
        "EHLO ",
        "LHLO",
        "EHLO a b",
        "EHLO a..b",
        "EHLO [1.2.3]",
        "MAIL",
        "MAIL FROM",
        "MAIL FROM:",
        "MAIL FROM:a@b",
        "MAIL FROM:<a@b",
        "MAIL FROM:a@b>",
        "MAIL FROM:<<a@b>>",
        "MAIL FROM <a@b>",
        "MAIL FROM :<a@b>",
        "MAIL TO:<a@b>",
        "MAIL FROM:<a@b>SIZE=1",
        "MAIL FROM:<a@b>>",
        "MAIL FROM:<a>",
        "MAIL FROM:<postmaster>",
        "MAIL FROM:< >",
        "MAIL FROM:< a@b>",
        "MAIL FROM:<a b@c>",
        "MAIL FROM:<\"a@b>",
        "MAIL FROM:<\"a\\\">",
        "MAIL FROM:<@a>",
        "MAIL FROM:<@a:>",
        "MAIL FROM:<@a,b:c@d>",
        "MAIL FROM:<@:c@d>",
        "MAIL FROM:<@a,:c@d>",
        "MAIL FROM:<@[1.2.3.4]:c@d>",
        "MAIL FROM:<a@b> SIZE=1 SIZE=1",
        "MAIL FROM:<a@b> SIZE=x",
        "MAIL FROM:<a@b> =",
        "MAIL FROM:<a@b> <c@d>",
        "RCPT",
        "RCPT TO:<>",
        "RCPT TO:a@b",
        "RCPT TO:<a@b> NOTIFY=NEVER notify=NEVER",
        "RCPT TO:<a@b,c@d>",
        "RCPT FROM:<a@b>",
        "DATA 1",
        "RSET x",
        "QUIT now",
        "STARTTLS 1",
        "BDAT",
        "BDAT LAST",
        "BDAT -1",
        "BDAT +1",
        "BDAT 1 FIRST",
        "BDAT 1 LAST LAST",
        "BDAT 9223372036854775808",
        "BDAT 1,000",
        "BDAT 0x10",
        "VRFY",
        "EXPN ",
        "ETRN",
        "ETRN a b",
        "AUTH",
        "AUTH PLAIN AB",
        "AUTH PLAIN A B",
        "AUTH PL.AIN",
        "AUTH PLAIN AAAA AAAA"
      })
  void refusesArguments(String line) {
    refuses(line, 501);
  }

  private void refuses(String line, int replyCode) {
    for (String end : new String[] {"\r\n", "\n"}) {
      ByteBuffer in = heap(line + end + "RSET\r\n");
      assertThatThrownBy(() -> parser.parse(in))
          .isInstanceOfSatisfying(
              SmtpSyntaxException.class, e -> assertThat(e.replyCode()).isEqualTo(replyCode))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r", "\n", "\0"));
      assertThat(parser.parse(in)).as("the line after it").isEqualTo(SmtpCommand.RSET);
    }
  }

  @Test
  void refusesEveryControlOctet() {
    for (int octet = 0; octet < 0x100; octet++) {
      if ((octet >= ' ' && octet != 0x7F && octet < 0x80) || octet == '\n') {
        continue;
      }
      // Beyond ASCII, one octet alone is never UTF-8.
      ByteBuffer in = heap("NOOP x?x\r\nQUIT\r\n");
      in.put(6, (byte) octet);
      assertThatThrownBy(() -> parser.parse(in))
          .as("octet %s", octet)
          .isInstanceOf(SmtpSyntaxException.class);
      assertThat(parser.parse(in)).isEqualTo(SmtpCommand.QUIT);
    }
  }

  @Test
  void refusesOverlongUtf8() {
    // C0 8D would be a CR to a decoder that does not look closely.
    ByteBuffer in = heap("NOOP xx\r\n");
    in.put(5, (byte) 0xC0).put(6, (byte) 0x8D);
    assertThatThrownBy(() -> parser.parse(in)).isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void showsNoSecret() {
    for (String line : new String[] {"c2VjcmV0", "AUTH c2VjcmV0 x", "AUTH PLAIN c2VjcmV0!"}) {
      assertThatThrownBy(() -> parser.parse(heap(line + "\r\n")))
          .hasMessageNotContaining("c2VjcmV0");
    }
  }

  @Test
  void skipsTheRestOfALineTooLong() {
    String longest = "NOOP " + "x".repeat(505);
    String tooLong = "NOOP " + "x".repeat(506);
    String text = tooLong + "\r\n" + longest + "\r\n" + "y".repeat(5000) + "\nQUIT\r\n";
    List<String> expected = List.of("500", longest, "500", "QUIT");
    for (int chunk = 1; chunk <= text.length(); chunk += chunk < 20 ? 1 : 61) {
      CommandParser bounded = new CommandParser(512);
      List<String> events = new ArrayList<>();
      ByteBuffer in = direct(text);
      for (int end = 0; end < text.length(); ) {
        end = Math.min(text.length(), end + chunk);
        in.limit(end);
        while (in.hasRemaining()) {
          try {
            SmtpCommand command = bounded.parse(in);
            if (command != null) {
              events.add(command.toString());
            }
          } catch (SmtpSyntaxException e) {
            events.add(String.valueOf(e.replyCode()));
          }
        }
      }
      assertThat(events).as("chunks of %s", chunk).isEqualTo(expected);
    }
  }

  @Test
  void complainsBeforeTheEndOfAnEndlessLine() {
    CommandParser bounded = new CommandParser(512);
    assertThat(bounded.parse(heap("x".repeat(512)))).isNull();
    assertThatThrownBy(() -> bounded.parse(heap("x"))).isInstanceOf(SmtpSyntaxException.class);
    assertThat(bounded.parse(heap("x".repeat(100_000)))).isNull();
    assertThat(bounded.parse(heap("x\r\nQUIT\r\n"))).isEqualTo(SmtpCommand.QUIT);
  }

  @Test
  void refusesALimitBelowTheProtocols() {
    assertThatThrownBy(() -> new CommandParser(511)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsRawLines() {
    ByteBuffer in = heap("AUTH LOGIN\r\ndXNlcg==\r\n\r\n*\nQUIT\r\n");
    assertThat(parser.parse(in)).isEqualTo(new SmtpCommand.Auth("LOGIN", null));
    assertThat(parser.parseLine(in)).isEqualTo("dXNlcg==");
    assertThat(parser.parseLine(in)).isEmpty();
    assertThat(parser.parseLine(in)).isEqualTo("*");
    assertThat(parser.parse(in)).isEqualTo(SmtpCommand.QUIT);
    assertThat(parser.parseLine(in)).isNull();
    assertThat(parser.parseLine(heap(" a "))).isNull();
    assertThat(parser.parseLine(heap("\r"))).isNull();
    assertThat(parser.parseLine(heap("\n"))).isEqualTo(" a ");
  }

  @Test
  void keepsNoViewOfItsInput() {
    ByteBuffer first = heap("NOOP abc");
    assertThat(parser.parse(first)).isNull();
    first.clear();
    while (first.hasRemaining()) {
      first.put((byte) '!');
    }
    assertThat(parser.parse(heap("d\r\n"))).isEqualTo(new SmtpCommand.Noop("abcd"));
  }
}
