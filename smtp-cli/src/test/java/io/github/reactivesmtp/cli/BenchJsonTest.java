package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.BenchFixture.figures;
import static io.github.reactivesmtp.cli.BenchFixture.rejected;
import static io.github.reactivesmtp.cli.BenchFixture.setup;
import static io.github.reactivesmtp.cli.CheckFixture.facts;
import static io.github.reactivesmtp.cli.CheckFixture.secured;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class BenchJsonTest {

  @Test
  void isOneLine() throws Exception {
    String json =
        json(
            setup(
                ("--server mail.example:2525 --size 2k --recipients 3 --connections 2"
                        + " --pipelining streaming --window 64 --rate 2.5")
                    .split(" ")),
            figures(1000, facts(secured(null)), rejected("5.7.1 no\u001B[31m \u2028ü")));
    assertThat(json)
        .startsWith(
            "{\"peer\":\"reactive-smtp\",\"n\":1001,\"size\":2048,\"rcpts\":3,\"conns\":2,"
                + "\"seconds\":1.000,\"msgs_per_s\":1000.000,\"mb_per_s\":2.048,"
                + "\"cpu_seconds_of_client_process\":0.250,\"cpu_us_per_msg\":249.750,"
                + "\"peak_rss_kb\":")
        .contains(
            ",\"errors\":1,\"p50_ms\":1.001,\"p90_ms\":1.001,\"p99_ms\":1.001,\"p999_ms\":1.001,"
                + "\"max_ms\":1000.")
        .contains(
            "\"outcomes\":{\"ACCEPTED\":1000,\"REJECTED\":1,\"DEFERRED\":0,\"NOT_SENT\":0,"
                + "\"UNKNOWN\":0,\"PARTIAL\":0}",
            "\"refusals\":[{\"n\":1,\"example\":\"rejected: <a@x.de> 550 5.7.1 no",
            "\"server\":\"mail.example:2525\",\"tls\":{\"protocol\":\"TLSv1.3\","
                + "\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"verified\":true},"
                + "\"mode\":\"streaming\",\"window\":64,\"rate\":2.500,\"body\":\"plain\","
                + "\"warmup_n\":0,\"conns_opened\":2}")
        .endsWith("}\n")
        .containsOnlyOnce("\n")
        .matches("\\p{ASCII}*")
        .doesNotContain("\u001B");
  }

  @Test
  void whatIsNotKnownIsNull() throws Exception {
    assertThat(
            json(
                setup("--server", "mail.example", "--tls", "none"),
                figures(0, new ServerFacts(), rejected("no"))))
        .contains("\"msgs_per_s\":0.000,", "\"errors\":1,")
        .contains("\"tls\":null,\"mode\":\"grouped\",\"window\":null,\"rate\":null,");
  }

  private static String json(BenchSetup setup, BenchFigures figures) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    BenchJson.print(setup, figures, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8);
  }
}
