package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.cli.ServerAddress.Scheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:2525,            SMTP,  localhost,        2525,  localhost:2525",
    "mail.example.com,          SMTP,  mail.example.com, 25,    mail.example.com:25",
    "127.0.0.1:1,               SMTP,  127.0.0.1,        1,     127.0.0.1:1",
    "[::1]:2525,                SMTP,  ::1,              2525,  [::1]:2525",
    "[::1],                     SMTP,  ::1,              25,    [::1]:25",
    "[fe80::1%eth0]:25,         SMTP,  fe80::1%eth0,     25,    [fe80::1%eth0]:25",
    "bücher.example:65535,      SMTP,  bücher.example,   65535, bücher.example:65535",
    "mail.example.com:465,      SMTPS, mail.example.com, 465,   mail.example.com:465",
    "smtp://mail.example.com,   SMTP,  mail.example.com, 25,    mail.example.com:25",
    "smtp://m.example:465,      SMTP,  m.example,        465,   smtp://m.example:465",
    "SMTPS://mail.example.com,  SMTPS, mail.example.com, 465,   mail.example.com:465",
    "smtps://[::1]:4650,        SMTPS, ::1,              4650,  smtps://[::1]:4650",
    "lmtp://localhost,          LMTP,  localhost,        24,    lmtp://localhost:24",
    "lmtp://localhost:2003,     LMTP,  localhost,        2003,  lmtp://localhost:2003",
  })
  void reads(String text, Scheme scheme, String host, int port, String shown) {
    ServerAddress address = ServerAddress.parse(text);
    assertThat(address).isEqualTo(new ServerAddress(scheme, host, port, null)).hasToString(shown);
  }

  @Test
  void readsASocket() {
    Path socket = Path.of("/run/dovecot/lmtp");
    assertThat(ServerAddress.parse("lmtp:///run/dovecot/lmtp"))
        .isEqualTo(new ServerAddress(Scheme.LMTP, "", 0, socket))
        .hasToString("lmtp:///run/dovecot/lmtp");
  }

  @Test
  void doesNotRepeatAPassword() {
    assertThatThrownBy(() -> ServerAddress.parse("smtp://ann:secret@mail.example.com"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--password-file")
        .hasMessageNotContaining("secret");
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
        "http://localhost:25",
        "smtp://",
        "smtp:///run/socket",
        "lmtp://run/socket",
        "lmtp:///",
        "smtp://localhost:25/",
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
