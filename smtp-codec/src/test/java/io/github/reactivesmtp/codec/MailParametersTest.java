package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailParametersTest {

  private static final MailParameters ALL =
      MailParameters.builder()
          .size(1000)
          .body(BodyType.EIGHT_BIT_MIME)
          .smtpUtf8(true)
          .ret(Ret.HDRS)
          .envid("id 1")
          .auth(MailAddress.parse("a+b@c"))
          .requireTls(true)
          .by(new DeliverBy(10, DeliverBy.Mode.NOTIFY, true))
          .mtPriority(-3)
          .holdFor(60)
          .other("Xa", "1")
          .other("Xb", null)
          .build();

  @Test
  void writesEverythingWithASpaceBefore() {
    String wire =
        " SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=id+201 AUTH=a+2Bb@c REQUIRETLS BY=10;NT"
            + " MT-PRIORITY=-3 HOLDFOR=60 XA=1 XB";
    assertThat(ALL).hasToString(wire);
    ByteBuffer out = ByteBuffer.allocateDirect(ALL.encodedLength());
    ALL.writeTo(out);
    assertThat(StandardCharsets.UTF_8.decode(out.flip()).toString()).isEqualTo(wire);
  }

  @Test
  void tellsWhatItWasNotGiven() {
    MailParameters none = MailParameters.builder().build();
    assertThat(none.smtpUtf8()).isFalse();
    assertThat(none.requireTls()).isFalse();
    assertThat(none.authUnknown()).isFalse();
    assertThat(none.holdUntil()).isNull();
    assertThat(none).isNotEqualTo(ALL).doesNotHaveSameHashCodeAs(ALL);
  }

  @Test
  void tellsWhatItWasGiven() {
    assertThat(ALL.size()).hasValue(1000);
    assertThat(ALL.body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    assertThat(ALL.smtpUtf8()).isTrue();
    assertThat(ALL.ret()).isEqualTo(Ret.HDRS);
    assertThat(ALL.envid()).isEqualTo("id 1");
    assertThat(ALL.auth()).isEqualTo(MailAddress.parse("a+b@c"));
    assertThat(ALL.authUnknown()).isFalse();
    assertThat(ALL.requireTls()).isTrue();
    assertThat(ALL.by()).isEqualTo(new DeliverBy(10, DeliverBy.Mode.NOTIFY, true));
    assertThat(ALL.mtPriority()).hasValue(-3);
    assertThat(ALL.holdFor()).hasValue(60);
    assertThat(ALL.holdUntil()).isNull();
    assertThat(ALL.other()).containsExactly(Map.entry("XA", "1"), Map.entry("XB", ""));
    assertThatThrownBy(() -> ALL.other().put("X", "1"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void tellsOfWhatExcludesTheOther() {
    Instant time = Instant.parse("2027-01-02T03:04:05Z");
    MailParameters parameters = MailParameters.builder().authUnknown().holdUntil(time).build();
    assertThat(parameters.authUnknown()).isTrue();
    assertThat(parameters.auth()).isNull();
    assertThat(parameters.holdUntil()).isEqualTo(time);
    assertThat(parameters.holdFor()).isEmpty();
  }

  @Test
  void noneIsEmpty() {
    MailParameters none = MailParameters.NONE;
    assertThat(none.encodedLength()).isZero();
    assertThat(none).hasToString("").isEqualTo(MailParameters.builder().build());
    assertThat(none.size()).isEmpty();
    assertThat(none.body()).isNull();
    assertThat(none.mtPriority()).isEmpty();
    assertThat(none.other()).isEmpty();
    assertThat(none.toBuilder().build()).isEqualTo(none);
  }

  @Test
  void numbersCanBeRemoved() {
    MailParameters.Builder builder =
        MailParameters.builder().size(OptionalLong.of(7)).mtPriority(OptionalInt.of(3));
    assertThat(builder.build()).hasToString(" SIZE=7 MT-PRIORITY=3");
    builder.size(OptionalLong.empty()).mtPriority(OptionalInt.empty());
    assertThat(builder.build()).isEqualTo(MailParameters.NONE);
    assertThatThrownBy(() -> builder.size(OptionalLong.of(-1)))
        .isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> builder.mtPriority(OptionalInt.of(10)))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void buildsOnAnother() {
    assertThat(ALL.toBuilder().build()).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    MailParameters.Builder builder = ALL.toBuilder();
    MailParameters changed =
        builder.size(5).body(null).envid(null).ret(null).by(null).smtpUtf8(false).build();
    builder.other("XC", null).size(6);
    assertThat(changed)
        .hasToString(" SIZE=5 AUTH=a+2Bb@c REQUIRETLS MT-PRIORITY=-3 HOLDFOR=60 XA=1 XB")
        .isNotEqualTo(ALL);
  }

  @Test
  void replacesWhatExcludesEachOther() {
    Instant time = Instant.parse("2027-01-02T03:04:05Z");
    assertThat(MailParameters.builder().holdFor(5).holdUntil(time).build())
        .hasToString(" HOLDUNTIL=2027-01-02T03:04:05Z");
    assertThat(MailParameters.builder().holdUntil(time).holdFor(5).build())
        .hasToString(" HOLDFOR=5");
    MailAddress address = MailAddress.parse("a@b");
    assertThat(MailParameters.builder().auth(address).authUnknown().build())
        .hasToString(" AUTH=<>");
    assertThat(MailParameters.builder().authUnknown().auth(address).build())
        .hasToString(" AUTH=a@b");
    assertThat(MailParameters.builder().authUnknown().auth(null).build()).hasToString("");
  }

  static Stream<Consumer<MailParameters.Builder>> illegal() {
    return Stream.of(
        b -> b.size(-1),
        b -> b.mtPriority(10),
        b -> b.mtPriority(-10),
        b -> b.holdFor(0),
        b -> b.holdFor(1_000_000_000),
        b -> b.holdUntil(Instant.MAX),
        b -> b.holdUntil(Instant.MIN),
        b -> b.holdUntil(Instant.parse("+10000-01-01T00:00:00Z")),
        b -> b.holdUntil(Instant.parse("-0001-12-31T23:59:59Z")),
        b -> b.envid(""),
        b -> b.envid(" a"),
        b -> b.envid("a\rb"),
        b -> b.envid("ü"),
        b -> b.envid("x".repeat(101)),
        b -> b.envid("+".repeat(34)),
        b -> b.other("", null),
        b -> b.other("-X", null),
        b -> b.other("X Y", null),
        b -> b.other("X=Y", null),
        b -> b.other("X\r\n", null),
        b -> b.other("Ü", null),
        b -> b.other("X", ""),
        b -> b.other("X", "a b"),
        b -> b.other("X", "a=b"),
        b -> b.other("X", "a\nb"),
        b -> b.other("X", "a\u0000"),
        b -> b.other("X", "\uD800"),
        b -> b.other("size", "5"),
        b -> b.other("HOLDUNTIL", "x"),
        b -> b.by(new DeliverBy(0, DeliverBy.Mode.RETURN, false)),
        b -> b.by(new DeliverBy(-1, DeliverBy.Mode.RETURN, false)),
        b -> b.by(new DeliverBy(1_000_000_000, DeliverBy.Mode.NOTIFY, false)),
        b -> b.by(new DeliverBy(Long.MIN_VALUE, DeliverBy.Mode.NOTIFY, false)));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void refuses(Consumer<MailParameters.Builder> change) {
    MailParameters.Builder builder = MailParameters.builder();
    assertThatThrownBy(() -> change.accept(builder)).isInstanceOf(SmtpSyntaxException.class);
    assertThat(builder.build()).isEqualTo(MailParameters.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIZE",
        "SIZE=",
        "SIZE=-1",
        "SIZE=+1",
        "SIZE=1x",
        "SIZE=\u0661",
        "SIZE=9223372036854775808",
        "SIZE=99999999999999999999",
        "SIZE=1=2",
        "BODY",
        "BODY=9BIT",
        "SMTPUTF8=1",
        "RET=HALF",
        "RET",
        "ENVID",
        "ENVID=",
        "ENVID=+0D+0A",
        "ENVID=+",
        "ENVID=+4",
        "ENVID=+GG",
        "ENVID=+C3",
        "ENVID=ü",
        "AUTH",
        "AUTH=",
        "AUTH=a",
        "AUTH=postmaster",
        "AUTH=a+0D@b",
        "REQUIRETLS=yes",
        "BY=1",
        "BY=;R",
        "BY=1;",
        "BY=1;X",
        "BY=1;RTT",
        "BY=1;RX",
        "BY=0;R",
        "BY=x;R",
        "BY=--1;N",
        "MT-PRIORITY=10",
        "MT-PRIORITY=x",
        "MT-PRIORITY=9999999999",
        "HOLDFOR=0",
        "HOLDFOR=",
        "HOLDUNTIL=tomorrow",
        "HOLDUNTIL=2027-13-01T00:00:00Z",
        "HOLDFOR=1 HOLDUNTIL=2027-01-01T00:00:00Z",
        "SIZE=1 SIZE=1",
        "SIZE=1 size=2",
        "SMTPUTF8 SmtpUtf8",
        "XA=1 xa",
        "X=",
        "=1",
        "-X=1",
        "X_Y=1",
        "Ü=1",
        "NOTIFY=a=b"
      })
  void isNotParsed(String parameters) {
    assertThatThrownBy(() -> ParameterParser.mail(" " + parameters))
        .isInstanceOfSatisfying(
            SmtpSyntaxException.class, e -> assertThat(e.replyCode()).isEqualTo(501));
  }

  @Test
  void parsesLeniently() {
    assertThat(
            ParameterParser.mail(
                "  size=007   body=8bitmime smtputf8 ret=full envid=a+2bb=c AUTH=<a@b>"
                    + " by=+5;nt mt-priority=+3 holduntil=2027-01-01t01:00:00.5+01:00 xa=Y"))
        .hasToString(
            " SIZE=7 BODY=8BITMIME SMTPUTF8 RET=FULL ENVID=a+2Bb+3Dc AUTH=a@b BY=5;NT"
                + " MT-PRIORITY=3 HOLDUNTIL=2027-01-01T00:00:00Z XA=Y");
  }
}
