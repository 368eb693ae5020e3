package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/security.md claims nothing without its test. */
class SecurityDocTest {

  private static final String DOC = "security.md";

  @Test
  void everyRowNamesATest() throws IOException {
    assertThat(DocumentedTests.of(DOC).firstCells()).hasSizeGreaterThan(30);
    assertThat(DocumentedTests.of(DOC).withoutTest()).isEmpty();
  }

  @Test
  void everyTestExists() throws IOException {
    assertThat(DocumentedTests.of(DOC).missing()).as("tests that are not there").isEmpty();
  }
}
