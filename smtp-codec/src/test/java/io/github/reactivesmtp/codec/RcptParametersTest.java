package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RcptParametersTest {

  private static final RcptParameters ALL =
      RcptParameters.builder()
          .notify(Set.of(Notify.FAILURE, Notify.SUCCESS))
          .orcpt("rfc822", "\"a b\"@c")
          .other("x", "y")
          .build();

  @Test
  void writesAndTells() {
    assertThat(ALL).hasToString(" NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;\"a+20b\"@c X=y");
    assertThat(ALL.notifyOn()).containsExactly(Notify.SUCCESS, Notify.FAILURE);
    assertThat(ALL.orcpt()).isEqualTo(new OriginalRecipient("rfc822", "\"a b\"@c"));
    assertThat(ALL.other()).containsOnly(Map.entry("X", "y"));
    assertThat(ALL.toBuilder().build()).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    RcptParameters less = ALL.toBuilder().notify(Set.of()).orcpt(null).build();
    assertThat(less).hasToString(" X=y").isNotEqualTo(ALL).doesNotHaveSameHashCodeAs(ALL);
  }

  @Test
  void keepsNoSetOfTheCaller() {
    Set<Notify> events = EnumSet.of(Notify.DELAY);
    RcptParameters parameters = RcptParameters.builder().notify(events).build();
    events.add(Notify.NEVER);
    assertThat(parameters.notifyOn()).containsExactly(Notify.DELAY);
    assertThatThrownBy(() -> parameters.notifyOn().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void choosesTheAddressType() {
    assertThat(OriginalRecipient.of(MailAddress.parse("a+b@c"))).hasToString("rfc822;a+2Bb@c");
    assertThat(OriginalRecipient.of(MailAddress.parse("ü@\u760D")))
        .hasToString("utf-8;\\x{FC}@\\x{760D}");
  }

  static Stream<Consumer<RcptParameters.Builder>> illegal() {
    return Stream.of(
        b -> b.notify(Set.of(Notify.NEVER, Notify.DELAY)),
        b -> b.orcpt("", "a"),
        b -> b.orcpt("rfc822;x", "a"),
        b -> b.orcpt("rfc 822", "a"),
        b -> b.orcpt("ütf", "a"),
        b -> b.orcpt("rfc822", ""),
        b -> b.orcpt("rfc822", "a\r\nb"),
        b -> b.orcpt("rfc822", "ü@c"),
        b -> b.orcpt("utf-8", "ü\n@c"),
        b -> b.orcpt("utf-8", "\uD800"),
        b -> b.orcpt("rfc822", "x".repeat(494)),
        b -> b.orcpt("utf-8", "ü".repeat(84)),
        b -> b.other("NOTIFY", "NEVER"),
        b -> b.other("orcpt", "x"),
        b -> b.other("X", "a b"));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void refuses(Consumer<RcptParameters.Builder> change) {
    RcptParameters.Builder builder = RcptParameters.builder();
    assertThatThrownBy(() -> change.accept(builder)).isInstanceOf(SmtpSyntaxException.class);
    assertThat(builder.build()).isEqualTo(RcptParameters.NONE).hasToString("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOTIFY",
        "NOTIFY=",
        "NOTIFY=,",
        "NOTIFY=SUCCESS,",
        "NOTIFY=NEVER,DELAY",
        "NOTIFY=ALWAYS",
        "ORCPT",
        "ORCPT=a@b",
        "ORCPT=;a@b",
        "ORCPT=rfc822;",
        "ORCPT=rfc822;a+",
        "ORCPT=rfc822;+0A",
        "ORCPT=rfc822;ü@b",
        "ORCPT=rfc822;+C3+BC@b",
        "ORCPT=utf-8;\\x{D800}",
        "ORCPT=utf-8;\\x{D}",
        "ORCPT=utf-8;\\x{0D}",
        "ORCPT=utf-8;\\x{110000}",
        "ORCPT=utf-8;\\x{FC",
        "ORCPT=utf-8;\\y",
        "ORCPT=utf-8;a+b",
        "ORCPT=rfc822;a ORCPT=rfc822;a",
        "NOTIFY=DELAY notify=DELAY"
      })
  void isNotParsed(String parameters) {
    assertThatThrownBy(() -> ParameterParser.rcpt(" " + parameters))
        .isInstanceOfSatisfying(
            SmtpSyntaxException.class, e -> assertThat(e.replyCode()).isEqualTo(501));
  }

  @Test
  void parsesLeniently() {
    assertThat(ParameterParser.rcpt(" notify=delay,success,delay orcpt=UTF-8;ü\\x{e4}@\\x{1F600}"))
        .hasToString(" NOTIFY=SUCCESS,DELAY ORCPT=UTF-8;\\x{FC}\\x{E4}@\\x{1F600}");
  }
}
