package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotScaleTest {

  @ParameterizedTest
  @CsvSource({
    "4, 1, 4",
    "4.1, 2, 6",
    "100, 25, 100",
    "79_000, 20_000, 80_000",
    "0.037, 0.01, 0.04",
    "1, 0.25, 1"
  })
  void marksAreRound(String most, String step, String end) {
    PlotScale scale = PlotScale.upTo(number(most), 4);
    assertThat(scale.step()).isCloseTo(number(step), within());
    assertThat(scale.end()).isCloseTo(number(end), within());
  }

  @Test
  void nothingHasAScaleToo() {
    assertThat(PlotScale.upTo(0, 4).end()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.25, 0.25",
    "100, 100",
    "9999, 9999",
    "10000, 10k",
    "12500, 12.5k",
    "300000, 300k",
    "1250000, 1.25M"
  })
  void labelsAreShort(double value, String label) {
    assertThat(PlotScale.label(value)).isEqualTo(label);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("_", ""));
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }
}
