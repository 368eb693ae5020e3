package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionMeaningTest {

  @ParameterizedTest
  @EnumSource
  void everyExtensionHasOne(Extension extension) {
    ExtensionMeaning meaning = ExtensionMeaning.of(extension.keyword());
    assertThat(meaning).isNotNull();
    assertThat(meaning.words()).hasSizeBetween(5, 45);
    assertThat(meaning.rfc()).matches("RFC \\d{4}");
  }

  @Test
  void keywordsInAnyCase() {
    assertThat(ExtensionMeaning.of("starttls")).isEqualTo(ExtensionMeaning.of("STARTTLS"));
    assertThat(ExtensionMeaning.of("X-ANYTHING")).isNull();
  }
}
