package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadCaseTest {

  @Test
  void isReadFromWhatIsSaid() {
    assertThat(LoadCase.parse("delay=100,connections=16,size=102400,recipients=50"))
        .isEqualTo(Samples.FAR);
  }

  @Test
  void hasDefaults() {
    assertThat(LoadCase.parse("connections=1")).isEqualTo(Samples.ONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "connections", "conns=1", "size=x", "connections=0", "size=1", "delay=-1"})
  void refusesWhatIsNoCase(String text) {
    assertThatThrownBy(() -> LoadCase.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNamesForFilesAndForPeople() {
    assertThat(Samples.FAR.name()).isEqualTo("c16-s102400-r50-d100");
    assertThat(Samples.FAR.title())
        .isEqualTo("16 connections, 100 KiB, 50 recipients, round trip of 100 ms");
    assertThat(new LoadCase(1, 1000, 1, 0).title())
        .isEqualTo("1 connection, 1000 octets, 1 recipient");
  }
}
