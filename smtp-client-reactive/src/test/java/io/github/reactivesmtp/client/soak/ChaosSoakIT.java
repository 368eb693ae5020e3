package io.github.reactivesmtp.client.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Pipelining;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each envelope has exactly one result, and it is true, whatever goes wrong at 5 % of the server's
 * replies. A short form by default; {@code -Psoak} runs the long one with a seed of its own.
 *
 * <p>System properties: {@code soak.envelopes}, over all modes together, and {@code soak.seed}, a
 * number or {@code random}.
 */
class ChaosSoakIT {

  private static final double RATE = 0.05;
  private static final int MODES = 7;
  private static final int ENVELOPES = Integer.getInteger("soak.envelopes", 5000);
  private static final long SEED = seed(System.getProperty("soak.seed", "20261125"));

  private static long seed(String property) {
    return property.equals("random") ? new Random().nextInt() : Long.parseLong(property);
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, false",
    "OFF, true",
    "GROUPED, false",
    "GROUPED, true",
    "OVERLAPPED, false",
    "OVERLAPPED, true",
    "STREAMING, true"
  })
  void everyResultIsTrueWhateverGoesWrong(Pipelining pipelining, boolean chunking) {
    int envelopes = (ENVELOPES + MODES - 1) / MODES;
    ChaosRun.Report report = new ChaosRun(SEED, envelopes, RATE, pipelining, chunking).run();

    System.out.println(report.summary());
    assertThat(report.isTrue()).as(report.inFull()).isTrue();
    // A soak without faults proves nothing.
    assertThat((double) report.faults() / report.replies()).isBetween(RATE * 0.7, RATE * 1.5);
  }
}
