package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthResponseTest {

  private static String line(AuthResponse response) {
    ByteBuffer out = ByteBuffer.allocate(response.encodedLength());
    response.writeTo(out);
    return new String(out.array(), US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({"'',''", "f,Zg==", "fo,Zm8=", "foo,Zm9v", "foobar>?,Zm9vYmFyPj8="})
  void writesBase64(String octets, String base64) {
    AuthResponse response = AuthResponse.of(octets.getBytes(US_ASCII));
    assertThat(line(response)).isEqualTo(base64 + "\r\n");
    assertThat(response).isEqualTo(new AuthResponse(base64)).hasToString("***");
  }

  @Test
  void cancels() {
    assertThat(line(AuthResponse.CANCEL)).isEqualTo("*\r\n");
    assertThat(AuthResponse.CANCEL).hasToString("*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "==",
        "====",
        "A",
        "AB",
        "ABC",
        "A===",
        "AB=C",
        "**",
        "* ",
        " ",
        "AB C",
        "ABC\n",
        "ABC\r\n",
        "AB-_",
        "ABCü",
        "secret word."
      })
  void refusesWhatIsNoResponseWithoutShowingIt(String text) {
    assertThatThrownBy(() -> new AuthResponse(text))
        .isInstanceOf(SmtpSyntaxException.class)
        .hasMessage("response of AUTH is not base64");
  }

  @Test
  void isAtMostOneLineOfAuth() {
    // RFC 4954 §4: 12,288 octets with CRLF; base64 comes by four.
    assertThat(new AuthResponse("A".repeat(12_284)).encodedLength()).isEqualTo(12_286);
    assertThatThrownBy(() -> new AuthResponse("A".repeat(12_288)))
        .isInstanceOf(SmtpSyntaxException.class);
  }

  @Test
  void writesNothingWithoutRoom() {
    AuthResponse response = new AuthResponse("Zm9v");
    for (int room = 0; room < response.encodedLength(); room++) {
      ByteBuffer out = ByteBuffer.allocate(room);
      assertThatThrownBy(() -> response.writeTo(out)).isInstanceOf(BufferOverflowException.class);
      assertThat(out.position()).isZero();
    }
  }
}
