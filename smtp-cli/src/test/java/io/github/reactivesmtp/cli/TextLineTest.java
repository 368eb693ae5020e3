package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class TextLineTest {

  @Test
  void isOneLineWithoutControlCharacters() {
    assertThat(TextLine.of("a\r\n\r\nb\u001B[31mc\u0000\u0085"))
        .isEqualTo("a b\\x1B[31mc\\x00\\x85");
    assertThat(TextLine.of("a\u202Eb\u2028c")).isEqualTo("a\\u202Eb\\u2028c");
    assertThat(TextLine.of("a\uDB40\uDC41b\uD800")).isEqualTo("a\\uE0041b\\uD800");
    assertThat(TextLine.of("ünicode 😀\n")).isEqualTo("ünicode 😀");
  }

  @Test
  void isBounded() {
    assertThat(TextLine.of("x".repeat(10_000))).hasSize(1003).endsWith("...");
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() {
    assertThat(TextLine.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(TextLine.of(new IllegalStateException((String) null, new IOException("why"))))
        .isEqualTo("why");
    assertThat(TextLine.sentence(new IOException("why"))).isEqualTo("why.");
    assertThat(TextLine.sentence(new IOException("why."))).isEqualTo("why.");
  }

  @Test
  void reasonsOfTheFileSystem() {
    assertThat(TextLine.reason(new NoSuchFileException("x"))).contains("no such file");
    assertThat(TextLine.reason(new AccessDeniedException("x"))).contains("may not");
    assertThat(TextLine.reason(new MalformedInputException(1))).contains("UTF-8");
    assertThat(TextLine.reason(new IOException("disk full"))).isEqualTo("disk full");
  }
}
