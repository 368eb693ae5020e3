package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void onATerminalItIsABarInOneLine() {
    try (Progress progress = Progress.start("Sending", 10, true, out)) {
      for (int i = 0; i < 10; i++) {
        progress.step();
      }
    }
    assertThat(text()).startsWith("\rSending").contains("10/10", "/s").endsWith("\n");
    assertThat(text().strip()).doesNotContain("\n");
  }

  @Test
  void elsewhereItIsLines() {
    try (Progress progress = new Progress.Lines("Sending", 3, out, 0)) {
      progress.step();
      progress.step();
      progress.step();
    }
    assertThat(text().lines())
        .hasSize(3)
        .allMatch(line -> line.matches("Sending: \\d of 3, [0-9]+ messages/s, [0-9]+ s left"));
  }

  @Test
  void shortTasksPrintNothingElsewhere() {
    try (Progress progress = Progress.start("Sending", 1, false, out)) {
      progress.step();
    }
    assertThat(text()).isEmpty();
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
