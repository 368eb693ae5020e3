package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.Capabilities.Limits;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CapabilitiesTest {

  private static final OptionalLong NO_SIZE = OptionalLong.empty();

  /** The answers' lines, and what they offer of {@link Extension}, SIZE and AUTH. */
  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of(
            "Postfix",
            "mail.example.com|PIPELINING|SIZE 10240000|VRFY|ETRN|STARTTLS|AUTH PLAIN LOGIN"
                + "|AUTH=PLAIN LOGIN|ENHANCEDSTATUSCODES|8BITMIME|DSN|SMTPUTF8|CHUNKING",
            "PIPELINING SIZE VRFY ETRN STARTTLS AUTH ENHANCEDSTATUSCODES 8BITMIME DSN"
                + " SMTPUTF8 CHUNKING",
            OptionalLong.of(10_240_000),
            List.of("PLAIN", "LOGIN")),
        Arguments.of(
            "Exim",
            "mx.example.org Hello client [192.0.2.1]|SIZE 52428800|LIMITS MAILMAX=1000 RCPTMAX=50000"
                + "|8BITMIME|PIPELINING|PIPECONNECT|CHUNKING|PRDR|HELP",
            "SIZE LIMITS 8BITMIME PIPELINING CHUNKING HELP",
            OptionalLong.of(52_428_800),
            List.of()),
        Arguments.of(
            "Exchange",
            "mail.example.net Hello [192.0.2.1]|SIZE 37748736|PIPELINING|DSN|ENHANCEDSTATUSCODES"
                + "|STARTTLS|X-ANONYMOUSTLS|AUTH NTLM|X-EXPS GSSAPI NTLM|8BITMIME|BINARYMIME"
                + "|CHUNKING|XEXCH50|XRDST|XSHADOWREQUEST",
            "SIZE PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS AUTH 8BITMIME BINARYMIME"
                + " CHUNKING",
            OptionalLong.of(37_748_736),
            List.of("NTLM")),
        Arguments.of(
            "Gmail",
            "smtp.gmail.com at your service, [192.0.2.1]|SIZE 35882577|8BITMIME"
                + "|AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH"
                + "|ENHANCEDSTATUSCODES|PIPELINING|CHUNKING|SMTPUTF8",
            "SIZE 8BITMIME AUTH ENHANCEDSTATUSCODES PIPELINING CHUNKING SMTPUTF8",
            OptionalLong.of(35_882_577),
            List.of("LOGIN", "PLAIN", "XOAUTH2", "PLAIN-CLIENTTOKEN", "OAUTHBEARER", "XOAUTH")),
        Arguments.of(
            "Dovecot",
            "submit.example.com|8BITMIME|AUTH PLAIN LOGIN|BURL imap|CHUNKING|ENHANCEDSTATUSCODES"
                + "|SIZE|PIPELINING",
            "8BITMIME AUTH CHUNKING ENHANCEDSTATUSCODES SIZE PIPELINING",
            NO_SIZE,
            List.of("PLAIN", "LOGIN")),
        Arguments.of(
            "old AUTH form alone, lower case, odd spaces",
            "old.example|auth=login  cram-md5|size 0|pipelining | 8bitmime",
            "AUTH SIZE PIPELINING 8BITMIME",
            NO_SIZE,
            List.of("LOGIN", "CRAM-MD5")),
        Arguments.of("greeting only", "tiny.example", "", NO_SIZE, List.of()),
        Arguments.of(
            "rarer ones",
            "x.example|DELIVERBY 240|MT-PRIORITY STANAG4406|FUTURERELEASE 86400 2030-01-01T00:00:00Z"
                + "|REQUIRETLS|EXPN||=odd",
            "DELIVERBY MT-PRIORITY FUTURERELEASE REQUIRETLS EXPN",
            NO_SIZE,
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("servers")
  void realAnswers(
      String name, String lines, String offered, OptionalLong size, List<String> mechanisms) {
    Capabilities capabilities = Capabilities.parse(SmtpReply.of(250, lines.split("\\|")));

    EnumSet<Extension> expected = EnumSet.noneOf(Extension.class);
    EnumSet<Extension> found = EnumSet.noneOf(Extension.class);
    List<String> words = List.of(offered.split(" "));
    for (Extension extension : Extension.values()) {
      if (words.contains(extension.keyword())) {
        expected.add(extension);
      }
      if (capabilities.supports(extension)) {
        found.add(extension);
      }
    }
    assertThat(found).as(name).isEqualTo(expected);
    assertThat(capabilities.maxSize()).isEqualTo(size);
    assertThat(capabilities.authMechanisms()).containsExactlyElementsOf(mechanisms);
    assertThat(capabilities.serverName()).isEqualTo(lines.replaceAll("[ |].*", ""));
  }

  @Test
  void unknownKeywordsAreKeptInOrder() {
    Capabilities capabilities =
        Capabilities.parse(SmtpReply.of(250, "a.example hi", "xClient NAME ADDR", "X-Foo", "HELP"));

    assertThat(capabilities.keywords()).containsExactly("XCLIENT", "X-FOO", "HELP");
    assertThat(capabilities.parameters("XCLIENT")).isEqualTo("NAME ADDR");
    assertThat(capabilities.parameters("x-foo")).isEmpty();
    assertThat(capabilities.parameters("x-bar")).isNull();
    assertThat(capabilities.supports("xclient")).isTrue();
    assertThat(capabilities.supports("xclien")).isFalse();
  }

  @Test
  void bothFormsOfAuthAreMerged() {
    Capabilities capabilities =
        Capabilities.parse(
            SmtpReply.of(250, "a.example", "AUTH PLAIN LOGIN", "AUTH=login NTLM", "AUTH"));

    assertThat(capabilities.authMechanisms()).containsExactly("PLAIN", "LOGIN", "NTLM");
  }

  @ParameterizedTest
  @CsvSource({
    "SIZE 1, 1",
    "SIZE 999999999999999999, 999999999999999999",
    "SIZE 0,",
    "SIZE,",
    "SIZE -5,",
    "SIZE many,",
    "SIZE 99999999999999999999,",
  })
  void size(String line, @Nullable Long expected) {
    assertThat(Capabilities.parse(SmtpReply.of(250, "a.example", line)).maxSize())
        .isEqualTo(expected == null ? NO_SIZE : OptionalLong.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "DELIVERBY 240, 240",
    "'DELIVERBY 240,X-MORE', 240",
    "DELIVERBY 0,",
    "DELIVERBY,",
    "DELIVERBY soon,",
    "HELP,"
  })
  void leastTimeToDeliverBy(String line, @Nullable Long expected) {
    assertThat(Capabilities.parse(SmtpReply.of(250, "a.example", line)).minDeliverBy())
        .isEqualTo(expected == null ? NO_SIZE : OptionalLong.of(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "FUTURERELEASE 86400 2030-01-01T00:00:00Z, 86400, 2030-01-01T00:00:00Z",
    "FUTURERELEASE 86400 2030-01-01T02:00:00+02:00, 86400, 2030-01-01T00:00:00Z",
    "FUTURERELEASE 86400, 86400,",
    "FUTURERELEASE 86400 tomorrow, 86400,",
    "FUTURERELEASE,,",
    "HELP,,"
  })
  void longestTimeToHold(String line, @Nullable Long holdFor, @Nullable Instant holdUntil) {
    Capabilities capabilities = Capabilities.parse(SmtpReply.of(250, "a.example", line));
    assertThat(capabilities.maxHoldFor())
        .isEqualTo(holdFor == null ? NO_SIZE : OptionalLong.of(holdFor));
    assertThat(capabilities.maxHoldUntil()).isEqualTo(holdUntil);
  }

  @ParameterizedTest
  @CsvSource({
    "LIMITS MAILMAX=10 RCPTMAX=20 RCPTDOMAINMAX=30, 10, 20, 30",
    "limits rcptmax=20, , 20,",
    "LIMITS, , ,",
    "LIMITS MAILMAX=0 RCPTMAX=x RCPTDOMAINMAX=1000000, , ,",
    "LIMITS XMAILMAX=5 MAILMAX=999999, 999999, ,",
    "HELP, , ,",
  })
  void limits(
      String line, @Nullable Integer mail, @Nullable Integer rcpt, @Nullable Integer domain) {
    assertThat(Capabilities.parse(SmtpReply.of(250, "a.example", line)).limits())
        .isEqualTo(new Limits(optional(mail), optional(rcpt), optional(domain)));
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  @Test
  void nothingIsOfferedAfterHelo() {
    assertThat(Capabilities.NONE.keywords()).isEmpty();
    assertThat(Capabilities.NONE.serverName()).isEmpty();
    assertThat(Capabilities.NONE.maxSize()).isEmpty();
    assertThat(Capabilities.NONE.authMechanisms()).isEmpty();
    assertThat(Capabilities.NONE.limits()).isEqualTo(Limits.NONE);
  }

  @Test
  void aRefusalOffersNothing() {
    assertThatThrownBy(() -> Capabilities.parse(SmtpReply.of(502, "Command not implemented")))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void aLogLineCannotBeForged() {
    SmtpReply ehlo = SmtpReply.of(250, "a\u001b[2K", "X\u0007Y \u202e\u2028z");
    assertThat(Capabilities.parse(ehlo)).hasToString("a\\u001b[2K {X\\u0007Y=\\u202e\\u2028z}");
  }
}
