package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "a@b                       | a              | b              | false",
        "a.b+c@example.com         | a.b+c          | example.com    | false",
        "!#$%&'*+-/=?^_`{}~@b     | !#$%&'*+-/=?^_`{}~ | b | false",
        "\"a b\"@c                 | \"a b\"        | c              | false",
        "\"\"@c                    | \"\"           | c              | false",
        "\"a@b\"@c                 | \"a@b\"        | c              | false",
        "\"a> ORCPT=x\"@d          | \"a> ORCPT=x\" | d              | false",
        "\"\\\"\\\\\\ \"@d         | \"\\\"\\\\\\ \" | d             | false",
        "\"a..b.\"@d               | \"a..b.\"      | d              | false",
        "a@[127.0.0.1]             | a              | [127.0.0.1]    | false",
        "a@[IPv6:::1]              | a              | [IPv6:::1]     | false",
        "ü@example.com             | ü              | example.com    | true",
        "a@exämple                 | a              | exämple        | true",
        "\"ü \uD83D\uDE00\"@d      | \"ü \uD83D\uDE00\" | d          | true",
        "\uDBFF\uDFFD@d            | \uDBFF\uDFFD   | d              | true",
        "\uD83D\uDE00@d            | \uD83D\uDE00   | d              | true"
      })
  void parses(String text, String localPart, String domain, boolean utf8) {
    MailAddress address = MailAddress.parse(text);
    assertThat(address.localPart()).isEqualTo(localPart);
    assertThat(address.domain()).isEqualTo(domain);
    assertThat(address.requiresSmtpUtf8()).isEqualTo(utf8);
    assertThat(address).hasToString(text);
    ByteBuffer out = ByteBuffer.allocate(address.encodedLength());
    address.writeTo(out);
    assertThat(out.array()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  /** ß, the final sigma and joiners: IDNA 2003 leads to another domain than IDNA 2008. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "a@example.com,a@example.com",
        "a@bücher.example,a@xn--bcher-kva.example",
        "a@BÜCHER.Example,a@xn--bcher-kva.example",
        "ü@bücher.example,ü@xn--bcher-kva.example",
        "\"a b\"@例え.テスト,\"a b\"@xn--r8jz45g.xn--zckzah",
        "a@faß.example,a@faß.example",
        "a@ας.example,a@ας.example",
        "a@bu\u0308cher.example,a@bu\u0308cher.example",
        "a@[127.0.0.1],a@[127.0.0.1]",
        "postmaster,postmaster"
      })
  void domainInAscii(String text, String expected) {
    assertThat(MailAddress.parse(text).withAsciiDomain()).hasToString(expected);
  }

  @Test
  void aDomainThatIsTooLongInAsciiStaysAsItIs() {
    MailAddress address = MailAddress.parse("a@" + "ü".repeat(31) + "ä".repeat(31));
    assertThat(address.withAsciiDomain()).isSameAs(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "@",
        "a@",
        "@b",
        "a@b@c",
        "a b@c",
        "a @c",
        "a@ c",
        " a@c",
        "a@c ",
        "<a@b>",
        ".a@b",
        "a.@b",
        "a..b@c",
        "\"a@b",
        "\"a\"b@c",
        "\"a\"",
        "\"a\" @b",
        "\"a\\\"@b",
        "\"\\",
        "\"\\ü\"@b",
        "\"\\\r\"@b",
        "a\"b@c",
        "a\\b@c",
        "a(c)@b",
        "a,b@c",
        "a:b@c",
        "a;b@c",
        "a>@c",
        "a@b>",
        "a@b\r\nRCPT TO:<x@y>",
        "a\r@b",
        "a\n@b",
        "\"a\rb\"@c",
        "\"a\nb\"@c",
        "\"a\0\"@c",
        "a\0@b",
        "a\t@b",
        "\"\t\"@b",
        "a\u007F@b",
        "a\u0085@b",
        "a\u2028@b",
        "\"\u2029\"@b",
        "\uD800@b",
        "\uDC00@b",
        "a@\uD83D",
        "\"\uD83D\"@b",
        "postmaste",
        "postmaster2",
        "\"postmaster\"",
        "poſtmaster"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> MailAddress.parse(text)).isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster", "Postmaster", "POSTMASTER"})
  void takesBarePostmaster(String text) {
    MailAddress address = MailAddress.parse(text);
    assertThat(address.localPart()).isEqualTo(text);
    assertThat(address.domain()).isEmpty();
    assertThat(address.requiresSmtpUtf8()).isFalse();
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "a           | a@d",
        "a.b         | a.b@d",
        "ü           | ü@d",
        "a b         | \"a b\"@d",
        "§ a §       | \" a \"@d",
        "a..b        | \"a..b\"@d",
        "a.          | \"a.\"@d",
        ".           | \".\"@d",
        "a@b         | \"a@b\"@d",
        "a> ORCPT=x  | \"a> ORCPT=x\"@d",
        "a\"b\\c     | \"a\\\"b\\\\c\"@d",
        "\"a\"       | \"\\\"a\\\"\"@d",
        "ü \uD83D\uDE00 | \"ü \uD83D\uDE00\"@d"
      })
  void quotesWhereNeeded(String localPart, String expected) {
    MailAddress address = MailAddress.of(localPart, "d");
    assertThat(address).hasToString(expected);
    assertThat(MailAddress.parse(expected)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\r", "a\nb", "\0", "\t", "\u007F", "\u0080", "\u2028", "\uD800", "a\uDC00"})
  void refusesLocalPart(String localPart) {
    assertThatThrownBy(() -> MailAddress.of(localPart, "d"))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void neverNarrowsACharacter() {
    // The low octet of U+760D is CR, that of U+010A is LF, that of U+0140 is an at sign.
    assertThat(octets(MailAddress.of("\u760D\u010A\u0140", "d")))
        .isEqualTo("\u760D\u010A\u0140@d".getBytes(StandardCharsets.UTF_8))
        .doesNotContain('\r', '\n');
  }

  @Test
  void limitsOctets() {
    assertThat(MailAddress.of("x".repeat(255), "d").encodedLength()).isEqualTo(257);
    assertThat(MailAddress.of("ü".repeat(127), "d").encodedLength()).isEqualTo(256);
    for (String tooLong : new String[] {"x".repeat(256), "ü".repeat(128), " " + "x".repeat(253)}) {
      assertThatThrownBy(() -> MailAddress.of(tooLong, "d"))
          .isInstanceOf(SmtpSyntaxException.class);
    }
  }

  @Test
  void comparesDomainsWithoutCase() {
    MailAddress address = MailAddress.parse("a@Example.COM");
    assertThat(address)
        .isEqualTo(MailAddress.parse("a@example.com"))
        .hasSameHashCodeAs(MailAddress.parse("a@example.com"))
        .hasToString("a@Example.COM")
        .isNotEqualTo(MailAddress.parse("A@example.com"))
        .isNotEqualTo(MailAddress.parse("\"a\"@example.com"))
        .isNotEqualTo(MailAddress.parse("a@example.org"))
        .isNotEqualTo("a@example.com");
    assertThat(MailAddress.parse("a@Ü.de")).isNotEqualTo(MailAddress.parse("a@ü.de"));
    // The Kelvin sign is a k to String.equalsIgnoreCase, but not to a resolver.
    assertThat(MailAddress.parse("a@\u212A.de")).isNotEqualTo(MailAddress.parse("a@k.de"));
  }

  @Test
  void writesNothingWithoutRoom() {
    ByteBuffer out = ByteBuffer.allocate(2);
    assertThatThrownBy(() -> MailAddress.parse("a@b").writeTo(out))
        .isInstanceOf(BufferOverflowException.class);
    assertThat(out.position()).isZero();
  }

  @Test
  void showsControlCharactersEscaped() {
    assertThatThrownBy(() -> MailAddress.parse("a\r\n@b"))
        .hasMessageContaining("a\\u000D\\u000A@b")
        .hasMessageNotContaining("\r");
  }

  private static byte[] octets(MailAddress address) {
    ByteBuffer out = ByteBuffer.allocate(address.encodedLength());
    address.writeTo(out);
    return out.array();
  }
}
