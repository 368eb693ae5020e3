package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.UnaryOperator;

/** Any text, encoded, is a word of printable ASCII that is decoded to the same text. */
class XtextFuzzTest {

  @FuzzTest
  void encodedIsAWordAndDecodedTheSame(byte[] octets) {
    String text = new String(octets, UTF_8);
    check(text, Xtext::encode, Xtext::decode);
    check(text, Xtext::encodeUtf8Address, Xtext::decodeUtf8Address);
  }

  private static void check(
      String text, UnaryOperator<String> encode, UnaryOperator<String> decode) {
    String encoded = encode.apply(text);
    assertTrue(encoded.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '='), encoded);
    if (!text.isEmpty()) {
      assertEquals(text, decode.apply(encoded));
    }
    try {
      String decoded = decode.apply(text);
      assertEquals(decoded, decode.apply(encode.apply(decoded)));
    } catch (SmtpSyntaxException e) {
      assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
    }
  }
}
