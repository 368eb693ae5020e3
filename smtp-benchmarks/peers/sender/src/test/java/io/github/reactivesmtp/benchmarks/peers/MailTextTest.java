package io.github.reactivesmtp.benchmarks.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailTextTest {

  @Test
  void hasAsManyOctetsAsAskedForInWholeLines() {
    IntStream.concat(IntStream.range(2, 400), IntStream.of(1024, 102_400))
        .forEach(
            size -> {
              String text = MailText.of(size).text();
              assertThat(text).hasSize(size).endsWith("\r\n").matches("(?:[a-z]{0,73}+\r\n)++");
            });
  }

  @Test
  void isAHeaderAnEmptyLineAndTheText() {
    MailText mail = MailText.of(100);
    String message = new String(mail.octets(), US_ASCII);
    assertThat(message).isEqualTo(mail.header() + "\r\n" + mail.text());
    assertThat(mail.header()).matches("(?:[A-Z][A-Za-z-]+: [ -~]+\r\n){8}");
  }
}
