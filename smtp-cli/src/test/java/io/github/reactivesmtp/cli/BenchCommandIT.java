package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.reactivesmtp.testkit.DigestSink;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BenchCommandIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pipelining off",
        "--pipelining grouped",
        "--pipelining grouped --no-chunking --body dots",
        "--pipelining overlapped",
        "--pipelining streaming",
        "--pipelining streaming --window 3 --connections 2",
        "--size 100k --connections 1"
      })
  void theServerCountsTheSame(String options) throws Exception {
    try (SmtpServer server = counting(SmtpScript.NONE)) {
      Run run = bench(server, "--messages 1300 --warmup 200 --json " + options);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).endsWith("}\n").containsOnlyOnce("\n");
      Map<String, String> figures = figures(run);
      assertThat(figures)
          .containsEntry("n", "1300")
          .containsEntry("warmup_n", "200")
          .containsEntry("ACCEPTED", "1300")
          .containsEntry("errors", "0")
          .containsEntry("conns_opened", String.valueOf(server.connections()));
      assertThat(server.accepted()).isEqualTo(1500);
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void theMessagesAreWhatWasAskedFor() {
    try (SmtpServer server = SmtpServer.start()) {
      Run run =
          bench(
              server,
              "--messages 3 --recipients 2 --size 300 --body dots --no-chunking --from s{n}@x.de --to"
                  + " r{n}@x.de");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages())
          .hasSize(3)
          .allSatisfy(
              message -> {
                assertThat(message.content()).hasSize(300);
                assertThat(message.text()).contains("\r\nFrom: <s1@x.de>\r\n", "\r\n\r\n.");
                assertThat(message.recipients()).hasSize(2);
              })
          .extracting(message -> String.valueOf(message.reversePath()))
          .containsExactlyInAnyOrder("s1@x.de", "s2@x.de", "s3@x.de");
    }
  }

  @Test
  void aFileIsTheMessage() throws Exception {
    Path file = Files.writeString(folder.resolve("mail"), "Subject: x\r\n\r\n.\r\nend\r\n");
    try (SmtpServer server = SmtpServer.start()) {
      Run run = bench(server, "--messages 2 --body " + file);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages())
          .hasSize(2)
          .allSatisfy(m -> assertThat(m.content()).isEqualTo(Files.readAllBytes(file)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--duration 300ms", "--duration 300ms --messages 1000000000"})
  void theTimeEndsIt(String options) throws Exception {
    try (SmtpServer server = counting(SmtpScript.NONE)) {
      Run run = bench(server, "--warmup 200ms --json " + options);

      assertThat(run.exitCode()).as(run.err()).isZero();
      Map<String, String> figures = figures(run);
      assertThat(Long.parseLong(figures.get("n"))).isPositive();
      assertThat(Long.parseLong(figures.get("n")) + Long.parseLong(figures.get("warmup_n")))
          .isEqualTo(server.accepted());
    }
  }

  @Test
  void theNumberEndsItBeforeTheTime() throws Exception {
    try (SmtpServer server = counting(SmtpScript.NONE)) {
      Run run = bench(server, "--duration 1h --messages 20 --json");
      assertThat(figures(run)).containsEntry("n", "20");
      assertThat(server.accepted()).isEqualTo(20);
    }
  }

  /** Only one way round: however slow the machine, there are not more. */
  @Test
  void theRateIsKept() throws Exception {
    try (SmtpServer server = counting(SmtpScript.NONE)) {
      Run run = bench(server, "--messages 20 --rate 100 --json");
      assertThat(run.exitCode()).as(run.err()).isZero();
      Map<String, String> figures = figures(run);
      assertThat(figures).containsEntry("rate", "100.000");
      assertThat(Double.parseDouble(figures.get("seconds"))).isGreaterThanOrEqualTo(0.19);
    }
  }

  @Test
  void refusalsAreCountedAndExplained() throws Exception {
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.RCPT)
            .times(30)
            .reply(550, "5.1.1 no such user")
            .on(Phase.MAIL)
            .times(12)
            .reply(451, "4.3.0 later")
            .build();
    try (SmtpServer server = counting(script)) {
      Path report = folder.resolve("report.html");
      Run run = bench(server, "--messages 200 --connections 1 --pipelining off --report " + report);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(158);
      assertThat(run.out())
          .containsPattern("ACCEPTED +158 ")
          .containsPattern("REJECTED +30 ")
          .containsPattern("DEFERRED +12 ")
          .containsPattern(" 30  rejected: <recipient\\d+@bench.example> 550 5.1.1 no such user\n")
          .containsPattern(" 12  deferred, send it again later: .* 451 4.3.0 later\n")
          .contains("messages/s", "MB/s", "p99.9", "Connections opened: 1", "no warm-up");
      assertThat(Files.readString(report))
          .contains("550 5.1.1 no such user", "<pre>smtp bench --tls none --server ");
    }
  }

  @Test
  void byTlsAndPassword() throws Exception {
    String secret = Secrets.write(folder, "correct horse").toString();
    try (SmtpServer server =
        SmtpServer.builder()
            .tls(Certificates.context(Certificates.server(Instant.now().plus(Duration.ofDays(1)))))
            .extensionsInClear("PIPELINING")
            .extensions("PIPELINING", "CHUNKING", "AUTH SCRAM-SHA-256")
            .user("ann", "correct horse")
            .transcript(false)
            .start()) {
      Run run =
          Run.smtp(
              "bench",
              "--server",
              "localhost:" + server.port(),
              "--ca",
              Certificates.authority(folder).toString(),
              "--user",
              "ann",
              "--password-file",
              secret,
              "--messages",
              "50",
              "--json");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(figures(run)).containsEntry("n", "50").containsEntry("verified", "true");
      assertThat(server.accepted()).isEqualTo(50);
    }
  }

  @Test
  void saysWhatWasSentInAnotherWay() {
    try (SmtpServer server = SmtpServer.builder().extensions("PIPELINING", "8BITMIME").start()) {
      assertThat(bench(server, "--messages 10 --pipelining streaming --warmup 1").out())
          .contains("There was no CHUNKING, which streaming needs")
          .doesNotContain("no warm-up");
    }
    try (SmtpServer server = SmtpServer.builder().noExtensions().start()) {
      assertThat(bench(server, "--messages 10").out()).contains("does not offer PIPELINING");
    }
  }

  @Test
  void aMessageThatIsNotForTheServerEndsIt() {
    try (SmtpServer server = SmtpServer.builder().extensions("PIPELINING", "SIZE 500").start()) {
      Run run = bench(server, "--duration 1h");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("It ended early: ").containsPattern("NOT_SENT +\\d+ ");
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void aServerThatCannotBeReached() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    for (String more : new String[] {"--messages=5", "--warmup=1h", "--json"}) {
      Run run = Run.smtp("bench", "--server", "127.0.0.1:" + port, "--tls", "none", more);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("127.0.0.1:" + port, "refused", "Nothing was measured");
    }
  }

  @Test
  void withoutAServerItSaysWhatToDo() {
    Run run = Run.smtp("bench");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--server HOST:PORT", "smtp sink");
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeAnythingIsSent() throws Exception {
    try (SmtpServer server = SmtpServer.start()) {
      Run run = bench(server, "--messages 5 --report " + folder);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("the report cannot be written to " + folder);
      assertThat(server.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--window 5", "--pipelining streaming --window 0", "--rate 0", "--connections 0"})
  void whatIsNotPossible(String options) {
    try (SmtpServer server = SmtpServer.start()) {
      Run run = bench(server, options);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(server.connections()).isZero();
    }
  }

  private static SmtpServer counting(SmtpScript script) {
    return SmtpServer.builder().script(script).sink(new DigestSink()).transcript(false).start();
  }

  private static Run bench(SmtpServer server, String arguments) {
    List<String> all = new ArrayList<>(List.of("bench", "--tls", "none", "--server"));
    all.add(server.host() + ":" + server.port());
    all.addAll(List.of(arguments.split(" ")));
    return Run.smtp(all.toArray(String[]::new));
  }

  /** All that has a name and a value, wherever it stands. */
  private static Map<String, String> figures(Run run) throws IOException {
    Map<String, String> figures = new HashMap<>();
    try (JsonParser json =
        new JsonFactory().createParser(run.out().getBytes(StandardCharsets.UTF_8))) {
      while (json.nextToken() != null) {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
          figures.put(json.currentName(), json.getText());
        }
      }
    }
    return figures;
  }
}
