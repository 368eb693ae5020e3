package io.github.reactivesmtp.codec;

import static io.github.reactivesmtp.codec.CommandFixtures.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpCommandTest {

  static Stream<Arguments> commands() {
    return CommandFixtures.commands().entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void writesOneLine(String line, SmtpCommand command) {
    assertThat(line(command)).isEqualTo(line + "\r\n");
    assertThat(command.verb()).isEqualTo(line.split(" ", 2)[0]);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void writesToADirectBufferWhereItStands(String line, SmtpCommand command) {
    ByteBuffer out = ByteBuffer.allocateDirect(command.encodedLength() + 5).position(3);
    command.writeTo(out);
    assertThat(out.remaining()).isEqualTo(2);
    assertThat(StandardCharsets.UTF_8.decode(out.flip().position(3)).toString())
        .isEqualTo(line + "\r\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void writesNothingWithoutRoom(String line, SmtpCommand command) {
    for (int room = 0; room < command.encodedLength(); room++) {
      ByteBuffer out = ByteBuffer.allocate(room);
      assertThatThrownBy(() -> command.writeTo(out)).isInstanceOf(BufferOverflowException.class);
      assertThat(out.position()).isZero();
      assertThat(out.array()).isEqualTo(new byte[room]);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsItsLine(String line, SmtpCommand command) {
    String shown =
        command instanceof SmtpCommand.Auth auth && auth.initialResponse() != null
            ? "AUTH " + auth.mechanism() + " ***"
            : line;
    assertThat(command).hasToString(shown);
  }

  @Test
  void showsNoInitialResponseInErrors() {
    assertThatThrownBy(() -> new SmtpCommand.Auth("PLAIN", "secret word"))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> new SmtpCommand.Auth("secret word", null))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void endsGroup() {
    // RFC 2920 §3.1; the rest are extensions, which end a group unless they say otherwise.
    Map<String, Boolean> expected =
        Map.of("MAIL", false, "RCPT", false, "RSET", false, "BDAT 86", false);
    CommandFixtures.commands()
        .forEach(
            (line, command) -> {
              boolean ends =
                  expected.getOrDefault(line, expected.getOrDefault(command.verb(), true));
              assertThat(command.endsGroup()).as(line).isEqualTo(ends);
            });
  }

  static Stream<Arguments> textFields() {
    return Stream.of(
        field("NOOP", SmtpCommand.Noop::new),
        field("VRFY", SmtpCommand.Vrfy::new),
        field("EXPN", SmtpCommand.Expn::new),
        field("HELP", SmtpCommand.Help::new),
        field("ETRN", SmtpCommand.Etrn::new));
  }

  private static Arguments field(String verb, Function<String, SmtpCommand> constructor) {
    return Arguments.of(verb, constructor);
  }

  @ParameterizedTest
  @MethodSource("textFields")
  void refusesText(String verb, Function<String, SmtpCommand> constructor) {
    for (String text :
        new String[] {
          "",
          " ",
          " a",
          "a ",
          "a\rb",
          "a\nb",
          "a\r\nQUIT",
          "a\0",
          "\t",
          "a\u007F",
          "a\u0085",
          "a\u2028",
          "\uD800",
          "\uDC00a",
          "a\uD83D",
          "x".repeat(506)
        }) {
      assertThatThrownBy(() -> constructor.apply(text))
          .as("%s %s", verb, text)
          .isInstanceOf(SmtpSyntaxException.class);
    }
    assertThat(constructor.apply("x".repeat(505)).encodedLength()).isEqualTo(512);
    assertThat(line(constructor.apply("\uD83D\uDE00\u760D\uDBFF\uDFFD")))
        .isEqualTo(verb + " \uD83D\uDE00\u760D\uDBFF\uDFFD\r\n");
  }

  @Test
  void refusesSpacesInEtrn() {
    assertThatThrownBy(() -> new SmtpCommand.Etrn("a b")).isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a.",
        ".a",
        "a..b",
        "-a",
        "a-",
        "a.-b",
        "a b",
        "a\r\nQUIT",
        "a@b",
        "a,b",
        "a/b",
        "a:b",
        "a>",
        "\uFF0E\u2100",
        "\uD800",
        "\u00A0",
        "\u760D ",
        "[",
        "[]",
        "[1.2.3]",
        "[1.2.3.4.5]",
        "[1.2.3.256]",
        "[1.2.3.4",
        "[1.2.3.4]x",
        "[1.2.3.]",
        "[.1.2.3]",
        "[1..2.3]",
        "[0001.2.3.4]",
        "[1.2.3.4\r]",
        "[IPv6:]",
        "[IPv6:1:2:3]",
        "[IPv6:1:2:3:4:5:6:7:8:9]",
        "[IPv6:1:2:3:4:5:6:7::8]",
        "[IPv6:1::2::3]",
        "[IPv6::::]",
        "[IPv6:12345::]",
        "[IPv6:g::]",
        "[IPv6:1:2:3:4:5:6:7:1.2.3.4]",
        "[IPv6:1.2.3.4]",
        "[IPv6:1.2.3.4::]",
        "[IPv6:::1%eth0]",
        "[IPv6::1]",
        "[::1]",
        "[x400:a]"
      })
  void refusesDomain(String domain) {
    assertThatThrownBy(() -> new SmtpCommand.Helo(domain)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> new SmtpCommand.Ehlo(domain)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> new SmtpCommand.Lhlo(domain)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> MailAddress.of("a", domain)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> MailAddress.parse("a@" + domain))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "1",
        "localhost",
        "a-b.c_d.example",
        "_dmarc.example",
        "xn--bcher-kva.example",
        "bücher.example",
        "例え.テスト",
        "क्षत्रिय.भारत",
        "[0.0.0.0]",
        "[255.255.255.255]",
        "[IPv6:::]",
        "[IPv6:::1]",
        "[ipv6:1::]",
        "[IPv6:1:2:3:4:5:6:7:8]",
        "[IPv6:1:2:3:4:5:6::8]",
        "[IPv6:::ffff:192.0.2.1]",
        "[IPv6:1:2:3:4:5:6:192.0.2.1]",
        "[IPv6:FE80::aBcD]"
      })
  void takesDomain(String domain) {
    assertThat(line(new SmtpCommand.Ehlo(domain))).isEqualTo("EHLO " + domain + "\r\n");
  }

  @Test
  void limitsDomains() {
    String label = "x".repeat(63);
    String longest = label + '.' + label + '.' + label + '.' + label;
    assertThat(longest).hasSize(255);
    assertThat(new SmtpCommand.Ehlo(longest).encodedLength()).isEqualTo(262);
    for (String tooLong : new String[] {label + "x", longest + "x", longest.replace("x.", "ü.")}) {
      assertThatThrownBy(() -> new SmtpCommand.Ehlo(tooLong))
          .isInstanceOf(SmtpSyntaxException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "PLAIN ", "A\r\n", "A.B", "ÄA", "AAAAABBBBBCCCCCDDDDDE"})
  void refusesMechanism(String mechanism) {
    assertThatThrownBy(() -> new SmtpCommand.Auth(mechanism, null))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "==",
        "====",
        "A",
        "AB",
        "ABC",
        "ABC==",
        "A===",
        "AB=C",
        "=AAA",
        "AB==ABCD",
        "AB C",
        "ABC\n",
        "ABC\r\n",
        "AB-_",
        "ABCü",
        "ABC\u760D"
      })
  void refusesInitialResponse(String response) {
    assertThatThrownBy(() -> new SmtpCommand.Auth("PLAIN", response))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void limitsAuthLine() {
    assertThat(new SmtpCommand.Auth("PLAINX", "AAAA".repeat(3068)).encodedLength())
        .isEqualTo(12_286);
    assertThatThrownBy(() -> new SmtpCommand.Auth("PLAINX", "AAAA".repeat(3069)))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void limitsMailLine() {
    MailParameters parameters =
        MailParameters.builder().other("X", "y".repeat(12_288 - 17 - 3)).build();
    assertThat(new SmtpCommand.Mail(null, parameters).encodedLength()).isEqualTo(12_285);
    assertThatThrownBy(() -> new SmtpCommand.Mail(MailAddress.parse("a@bc"), parameters))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void refusesPostmasterWithoutDomainAsSender() {
    assertThatThrownBy(() -> new SmtpCommand.Mail(MailAddress.parse("postmaster")))
        .isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> MailParameters.builder().auth(MailAddress.parse("postmaster")))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void refusesNegativeSizes() {
    assertThatThrownBy(() -> new SmtpCommand.Bdat(-1, true))
        .isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> new SmtpCommand.Bdat(Long.MIN_VALUE, false))
        .isInstanceOf(SmtpSyntaxException.class);
  }
}
