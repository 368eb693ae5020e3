package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of length: what just fits is taken, one octet more is not. */
class SyntaxLimitsTest {

  private static Arguments limit(String what, int most, IntFunction<Object> made) {
    return Arguments.of(what, most, made);
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        limit("label of letters", 63, n -> DomainSyntax.requireDomain("x".repeat(n))),
        limit(
            "label with hyphens",
            63,
            n -> DomainSyntax.requireDomain("x" + "-".repeat(n - 2) + "x")),
        limit("second label", 63, n -> DomainSyntax.requireDomain("a." + "x".repeat(n) + ".b")),
        limit(
            "domain",
            255,
            n -> DomainSyntax.requireDomain("x.".repeat((n - 1) / 2) + (n % 2 == 0 ? "xx" : "x"))),
        limit(
            "domain in octets",
            255,
            n ->
                DomainSyntax.requireDomain(
                    "ü.".repeat((n - 3) / 3) + "x".repeat(n - (n - 3) / 3 * 3))),
        limit("local part", 255, n -> MailAddress.parse("x".repeat(n) + "@d")),
        limit("SASL mechanism", 20, n -> new SmtpCommand.Auth("X".repeat(n), null)),
        limit("line of MAIL", 12_288, SyntaxLimitsTest::mailOfLength),
        // Counted as if RCPT TO were as long as MAIL FROM.
        limit("line of RCPT", 12_288 - 2, SyntaxLimitsTest::rcptOfLength),
        limit("ENVID", 100, n -> MailParameters.builder().envid("x".repeat(n))),
        limit(
            "ORCPT",
            500,
            n -> new OriginalRecipient("rfc822", "x".repeat(n - "rfc822;".length()))));
  }

  private static SmtpCommand mailOfLength(int octets) {
    int value = octets - "MAIL FROM:<a@b> X=\r\n".length();
    MailParameters parameters = MailParameters.builder().other("X", "y".repeat(value)).build();
    SmtpCommand command = new SmtpCommand.Mail(MailAddress.parse("a@b"), parameters);
    assertThat(command.encodedLength()).isEqualTo(octets);
    return command;
  }

  private static SmtpCommand rcptOfLength(int octets) {
    int value = octets - "RCPT TO:<a@b> X=\r\n".length();
    RcptParameters parameters = RcptParameters.builder().other("X", "y".repeat(value)).build();
    SmtpCommand command = new SmtpCommand.Rcpt(MailAddress.parse("a@b"), parameters);
    assertThat(command.encodedLength()).isEqualTo(octets);
    return command;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void whatJustFitsIsTakenAndNoMore(String what, int most, IntFunction<Object> made) {
    assertThatCode(() -> made.apply(most)).doesNotThrowAnyException();
    assertThatThrownBy(() -> made.apply(most + 1)).isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({"999999999,NOTIFY", "-999999999,NOTIFY", "0,NOTIFY", "999999999,RETURN", "1,RETURN"})
  void secondsOfByWithinTheRange(long seconds, DeliverBy.Mode mode) {
    assertThat(new DeliverBy(seconds, mode, false).seconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000000,NOTIFY",
    "-1000000000,NOTIFY",
    "1000000000,RETURN",
    "0,RETURN",
    "-1,RETURN"
  })
  void secondsOfByBeyondTheRange(long seconds, DeliverBy.Mode mode) {
    assertThatThrownBy(() -> new DeliverBy(seconds, mode, false))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void secondsOfHoldFor() {
    MailParameters.Builder builder = MailParameters.builder();
    for (long seconds : new long[] {1, 999_999_999}) {
      assertThat(builder.holdFor(seconds).build().holdFor()).hasValue(seconds);
    }
    for (long seconds : new long[] {-1, 0, 1_000_000_000}) {
      assertThatThrownBy(() -> builder.holdFor(seconds)).isInstanceOf(SmtpSyntaxException.class);
    }
  }

  /** The ends of each range of characters that RFC 4422 §3.1 allows, and what lies beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"A", "Z", "0", "9", "-", "_", "A-Z_09"})
  void mechanismNames(String name) {
    assertThat(new SmtpCommand.Auth(name, null).mechanism()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "[", "/", ":", "a", "z", " ", "", ".", "\u00c4"})
  void noMechanismNames(String name) {
    assertThatThrownBy(() -> new SmtpCommand.Auth(name, null))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  /** A long text is shown to where it stops being of use; what can't be seen is escaped. */
  @Test
  void errorsShowEnoughAndNotTooMuch() {
    assertThatThrownBy(() -> MailAddress.parse("a \u001f~\u007f@b"))
        .hasMessageContaining("'a \\u001F~\\u007F@b'");
    assertThatThrownBy(() -> MailAddress.parse("x ".repeat(500)))
        .satisfies(
            error -> assertThat(error.getMessage()).endsWith("'\u2026").hasSizeLessThan(200));
    assertThatThrownBy(() -> MailAddress.parse("x x"))
        .satisfies(error -> assertThat(error.getMessage()).endsWith("'x x'"));
  }

  @Test
  void aReplyToEhloMayHoldLinesWithoutAKeyword() {
    Capabilities offered =
        Capabilities.parse(SmtpReply.of(250, "mx.example", "", " ", "=LOGIN", "SIZE 10"));

    assertThat(offered).hasToString("mx.example {SIZE=10}");
  }
}
