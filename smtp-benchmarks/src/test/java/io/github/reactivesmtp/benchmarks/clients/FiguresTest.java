package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {

  @Test
  void areTheLastLineOfJson() throws IOException {
    String output =
        """
        starting
        {"n":1,"seconds":1}
        {"peer":"a \\"b\\"","n":200,"seconds":0.5,"cpu_seconds_of_client_process":0.002,\
        "peak_rss_kb":1234,"errors":3,"p50_ms":0.25,"p99_ms":1.5,"warmup_n":50,"more":{"n":9}}
        done
        """;
    Figures figures = Figures.of(output);
    assertThat(figures).isEqualTo(new Figures(200, 0.5, 0.002, 1234, 3, 0.25, 1.5, 50));
    assertThat(figures.messagesPerSecond()).isEqualTo(400);
    assertThat(figures.cpuMicros()).isEqualTo(10);
  }

  @Test
  void mayLackWhatAProgramDoesNotKnow() throws IOException {
    Figures figures = Figures.of("{\"n\":200,\"seconds\":0.5}");
    assertThat(figures.cpuMicros()).isNaN();
    assertThat(figures.p50Millis()).isNaN();
    assertThat(figures.peakRssKib()).isEqualTo(-1);
    assertThat(figures.errors()).isZero();
    assertThat(figures.warmupMessages()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{\"n\":1}", "{\"seconds\":1}", "{\"n\":1,", "{]"})
  void areNotReadFromAnythingElse(String output) {
    assertThatThrownBy(() -> Figures.of(output)).isInstanceOf(IOException.class);
  }
}
