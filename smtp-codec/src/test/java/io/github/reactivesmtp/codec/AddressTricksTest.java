package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses made to be read as something else than what they are. */
class AddressTricksTest {

  private static final RcptParameters NEVER =
      RcptParameters.builder().notify(Set.of(Notify.NEVER)).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a> ORCPT=x\"@d",
        "\"a@b x\"@d",
        "\"a> NOTIFY=SUCCESS \\\"\"@d",
        "\"<b@c>,\"@d",
        "\"a\\\\\"@d",
        "=?utf-8?q?a=3E_ORCPT=3Dx?=@d",
        "a%b@d",
        "b!a@d",
        "+a=b@d"
      })
  void theLocalPartAddsNoParameterAndStaysAsItIs(String text) {
    String line = Fuzz.line(new SmtpCommand.Rcpt(MailAddress.parse(text), NEVER));

    assertThat(line).isEqualTo("RCPT TO:<" + text + "> NOTIFY=NEVER");
    assertThat(Fuzz.pathAndParameters(line)).containsExactly(text, "NOTIFY=NEVER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a> ORCPT=x@d",
        "a@d> ORCPT=x",
        "a@d ORCPT=x",
        "a@b x@d",
        "a@b@d",
        "Ann <a@d>",
        "a@d,b@d",
        "a@d\u3002example",
        "a@d\u2024example",
        "a@d\uFF0Eexample",
        "a@\u2100.example",
        "a@d\u202Eexample",
        "a@d\u00ADexample",
        "a@d/example",
        "a@=?utf-8?q?d?="
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> MailAddress.parse(text)).isInstanceOf(SmtpSyntaxException.class);
  }

  /** Letters that look alike stay other letters, also as A-labels. */
  @ParameterizedTest
  @CsvSource({
    "a@example.com, \u0430@example.com, \u0430@example.com",
    "a@example.com, a@ex\u0430mple.com, a@xn--exmple-4nf.com",
    "a@example.com, a@\uFF45xample.com, a@\uFF45xample.com",
    "a@example.com, a@\uD835\uDC1Axample.com, a@\uD835\uDC1Axample.com",
    "a@fass.example, a@fa\u00DF.example, a@fa\u00DF.example",
    "\u00FC@example.com, u\u0308@example.com, u\u0308@example.com"
  })
  void whatLooksAlikeIsNotTheSame(String one, String other, String ascii) {
    MailAddress address = MailAddress.parse(other);

    assertThat(address).isNotEqualTo(MailAddress.parse(one));
    assertThat(address.withAsciiDomain()).hasToString(ascii).isNotEqualTo(MailAddress.parse(one));
    assertThat(address.withAsciiDomain().localPart()).isEqualTo(address.localPart());
  }
}
