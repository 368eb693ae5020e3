package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.Notify;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final MessageBody BODY = MessageBody.text("hello");

  private static List<String> recipients(Envelope envelope) {
    return envelope.recipients().stream().map(r -> r.address().toString()).toList();
  }

  private static Envelope.Builder from() {
    return Envelope.builder().from("me@from.example").body(BODY);
  }

  @Test
  void keepsWhatWasGiven() {
    Object tag = new Object();
    MailParameters parameters = MailParameters.builder().envid("42").build();
    Envelope envelope = from().to("a@to.example").mailParameters(parameters).tag(tag).build();

    assertThat(envelope.reversePath()).isEqualTo(MailAddress.parse("me@from.example"));
    assertThat(envelope.mailParameters()).isEqualTo(parameters);
    assertThat(envelope.body()).isSameAs(BODY);
    assertThat(envelope.tag()).isSameAs(tag);
    assertThat(recipients(envelope)).containsExactly("a@to.example");
  }

  @Test
  void recipientsKeepTheirOrderAndComeOnce() {
    Envelope envelope =
        from()
            .to("b@to.example", "a@to.example", "b@to.example")
            .to(List.of(MailAddress.parse("a@to.example"), MailAddress.parse("c@to.example")))
            .build();
    assertThat(recipients(envelope))
        .containsExactly("b@to.example", "a@to.example", "c@to.example");
  }

  /** RFC 5321 §2.4: domains are without case, local-parts are not. */
  @Test
  void caseOfTheDomainMakesNoOtherRecipientAndThatOfTheLocalPartDoes() {
    Envelope envelope = from().to("a@to.example", "a@TO.Example", "A@to.example").build();
    assertThat(recipients(envelope)).containsExactly("a@to.example", "A@to.example");
  }

  @Test
  void theFirstOfTwoAlikeKeepsItsParameters() {
    MailAddress to = MailAddress.parse("a@to.example");
    RcptParameters first = RcptParameters.builder().notify(Set.of(Notify.NEVER)).build();
    Envelope envelope = from().to(to, first).to(to, RcptParameters.NONE).build();
    assertThat(envelope.recipients()).containsExactly(new Recipient(to, first));
  }

  @Test
  void nullReversePathIsNotAMissingOne() {
    Envelope envelope = Envelope.builder().nullReversePath().to("a@to.example").body(BODY).build();
    assertThat(envelope.reversePath()).isNull();
    assertThat(envelope).hasToString("<> to <a@to.example>");
  }

  @Test
  void laterReversePathReplacesTheEarlier() {
    assertThat(from().nullReversePath().to("a@to.example").build().reversePath()).isNull();
  }

  @Test
  void missingPartsAreNamed() {
    assertThatThrownBy(() -> Envelope.builder().to("a@to.example").body(BODY).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("from(address)");
    assertThatThrownBy(() -> from().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to(address)");
    assertThatThrownBy(() -> Envelope.builder().from("me@from.example").to("a@to.example").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("body(...)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nobody", "a@", "@to.example", "a@to.example\r\nDATA", "a b@c.example"})
  void whatIsNoAddressIsRefusedAtOnce(String text) {
    assertThatThrownBy(() -> Envelope.builder().from(text)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> from().to(text)).isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void aBuilderUsedAgainDoesNotChangeWhatItBuilt() {
    Envelope.Builder builder = from().to("a@to.example");
    Envelope first = builder.build();
    Envelope second = builder.to("b@to.example").build();
    assertThat(recipients(first)).containsExactly("a@to.example");
    assertThat(recipients(second)).containsExactly("a@to.example", "b@to.example");
  }

  @Test
  void isShortInWords() {
    assertThat(from().to("a@to.example", "b@to.example", "c@to.example").build())
        .hasToString("<me@from.example> to <a@to.example> and 2 more");
  }
}
