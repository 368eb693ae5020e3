package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.testkit.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pipelining off",
        "--pipelining grouped",
        "--pipelining grouped --no-chunking",
        "--pipelining overlapped",
        "--pipelining overlapped --no-chunking --connections 2",
        "--connections 1 --size 70000"
      })
  void theServerHoldsWhatWasSent(String options) {
    Run run = Run.smtp(("demo --messages 500 " + options).split(" "));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("ACCEPTED +500 ")
        .containsPattern("sent +500 ")
        .containsPattern("received +500 ")
        .contains("\n  equal\n", "p50", "p90", "p99", "max", "messages/s");
  }

  @Test
  void twoThousandMessages() {
    Run run = Run.smtp("demo", "--messages", "2000");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("received +2,000 ").contains("\n  equal\n");
  }

  @Test
  void aDifferenceIsNoSuccess() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Tally tally = new Tally();
    tally.count(Outcome.ACCEPTED);
    ContentDigest sent = new ContentDigest();
    sent.add(new byte[] {1});
    ContentDigest held = new ContentDigest();
    DemoReport report = new DemoReport(tally, new Histogram(3), sent, 1, "");

    assertThat(report.print(out, held)).isFalse();
    held.add(new byte[] {2});
    assertThat(report.print(out, held)).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("NOT EQUAL");
    assertThat(report.print(out, sent)).isTrue();
    tally.count(Outcome.UNKNOWN);
    assertThat(report.print(out, sent)).isFalse();
  }
}
