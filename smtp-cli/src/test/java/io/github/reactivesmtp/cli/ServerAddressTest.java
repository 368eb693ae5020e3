package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:2525,    localhost,  2525,  localhost:2525",
    "mail.example.com,  mail.example.com, 25, mail.example.com:25",
    "127.0.0.1:1,       127.0.0.1,  1,     127.0.0.1:1",
    "[::1]:2525,        ::1,        2525,  [::1]:2525",
    "[::1],             ::1,        25,    [::1]:25",
    "[fe80::1%eth0]:25, fe80::1%eth0, 25,  [fe80::1%eth0]:25",
    "bücher.example:65535, bücher.example, 65535, bücher.example:65535",
  })
  void reads(String text, String host, int port, String shown) {
    ServerAddress address = ServerAddress.parse(text);
    assertThat(address).isEqualTo(new ServerAddress(host, port)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":25",
        "localhost:",
        "localhost:smtp",
        "localhost:0",
        "localhost:65536",
        "::1:25",
        "smtp://localhost:25",
        "a b:25",
        "localhost:25 ",
        "a@b:25",
        "[::1",
        "localhost:-1",
        "localhost:999999",
        "a\r\nb:25"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> ServerAddress.parse(text))
        .isInstanceOf(CliException.class)
        .hasMessageNotContaining("\n");
  }
}
