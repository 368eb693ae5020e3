package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XtextTest {

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of("abc~!", "abc~!"),
        Arguments.of("a b", "a+20b"),
        Arguments.of("+=", "+2B+3D"),
        Arguments.of("ü", "+C3+BC"),
        Arguments.of("\u760D", "+E7+98+8D"),
        Arguments.of("\uD83D\uDE00", "+F0+9F+98+80"),
        Arguments.of("\r\n\0", "+0D+0A+00"),
        Arguments.of("\u007F", "+7F"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void encodesAndDecodes(String text, String xtext) {
    assertThat(Xtext.encode(text)).isEqualTo(xtext);
    assertThat(Xtext.decode(xtext)).isEqualTo(text);
  }

  @Test
  void decodesLeniently() {
    assertThat(Xtext.decode("+2b=ü+c3+BC")).isEqualTo("+=üü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "a+2",
        "+2G",
        "+-1",
        "a b",
        "a\r",
        "+C3",
        "+C3+28",
        "+ED+A0+80",
        "\uD800"
      })
  void refusesXtext(String xtext) {
    assertThatThrownBy(() -> Xtext.decode(xtext)).isInstanceOf(SmtpSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uDC00b", "\uDC00\uD800", "a\uD83D"})
  void refusesHalfSurrogates(String text) {
    assertThatThrownBy(() -> Xtext.encode(text)).isInstanceOf(SmtpSyntaxException.class);
    assertThatThrownBy(() -> Xtext.encodeUtf8Address(text)).isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void roundTripsCharacters() {
    // All of the BMP, every 97th beyond.
    int step = 1;
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += step) {
      step = Character.isBmpCodePoint(codePoint) ? 1 : 97;
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      String text = Character.toString(codePoint);
      String xtext = Xtext.encode(text);
      String address = Xtext.encodeUtf8Address(text);
      if (!isVisibleAscii(xtext)
          || !isVisibleAscii(address)
          || !Xtext.decode(xtext).equals(text)
          || !Xtext.decodeUtf8Address(address).equals(text)) {
        throw new AssertionError(String.format("U+%04X: %s %s", codePoint, xtext, address));
      }
    }
  }

  private static boolean isVisibleAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '=');
  }
}
