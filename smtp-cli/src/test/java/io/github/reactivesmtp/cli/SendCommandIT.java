package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.interop.DeliveredMessage;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SendCommandIT {

  private static final String MAIL = "From: a@x.de\r\nTo: b@x.de\r\n\r\nHello\r\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pipelining=off",
        "--pipelining=grouped",
        "--pipelining=grouped --no-chunking",
        "--pipelining=overlapped",
        "--pipelining=overlapped --no-chunking"
      })
  void everyKindOfMailArrivesAsItIs(String options) throws Exception {
    MailSamples samples = MailSamples.write(folder);
    Path results = folder.resolve("results.json");
    try (SmtpServer server = SmtpServer.start()) {
      Run run = send(server, folder + " " + options + " --results " + results);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("ACCEPTED +" + samples.files() + " ");
      assertThat(delivered(server)).containsExactlyInAnyOrderElementsOf(samples.expected());
      assertThat(server.messages()).hasSize(samples.files());
      assertThat(Files.readAllLines(results))
          .hasSize(samples.files())
          .allMatch(line -> line.contains("\"outcome\":\"ACCEPTED\""));
    }
  }

  /** Only one way round: however slow the machine, it takes at least so long. */
  @Test
  void theRateIsKept() throws Exception {
    for (int i = 0; i < 20; i++) {
      Files.writeString(folder.resolve(i + ".eml"), MAIL);
    }
    try (SmtpServer server = SmtpServer.start()) {
      long begun = System.nanoTime();
      Run run = send(server, folder + " --rate 50");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(340).toNanos());
      assertThat(server.messages()).hasSize(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN"})
  void aRateThatIsNone(String rate) throws Exception {
    Files.writeString(folder.resolve("a.eml"), MAIL);
    try (SmtpServer server = SmtpServer.start()) {
      Run run = send(server, folder + " --rate=" + rate);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("--rate must be more than 0 messages a second");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void blindCopiesAreRecipientsOfTheSameTransaction() throws Exception {
    String message = "From: s@x.de\r\nTo: a@x.de\r\nBcc: a@x.de, b@x.de\r\n\r\nHello\r\n";
    Path file = Files.writeString(folder.resolve("mail.eml"), message);
    try (SmtpServer server = SmtpServer.start()) {
      assertThat(send(server, file.toString()).exitCode()).isZero();

      assertThat(server.messages()).hasSize(1);
      assertThat(delivered(server))
          .containsExactly(
              new DeliveredMessage("s@x.de", "a@x.de", "From: s@x.de\nTo: a@x.de\n\nHello\n"),
              new DeliveredMessage("s@x.de", "b@x.de", "From: s@x.de\nTo: a@x.de\n\nHello\n"));
    }
  }

  @Test
  void theUserMayNameTheEnvelope() throws Exception {
    Path file = Files.writeString(folder.resolve("mail"), "no header at all");
    try (SmtpServer server = SmtpServer.start()) {
      Run run =
          Run.smtp(
              "send",
              file.toString(),
              "--server",
              address(server),
              "--tls",
              "none",
              "--from",
              "",
              "--to",
              "a@x.de,b@x.de",
              "--to",
              "c@x.de",
              "--helo",
              "me.example");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.transcript())
          .contains("C1: EHLO me.example", "C1: RCPT TO:<a@x.de>", "C1: RCPT TO:<c@x.de>")
          .anyMatch(line -> line.startsWith("C1: MAIL FROM:<>"));
    }
  }

  @ParameterizedTest
  @CsvSource({"never, NEVER", "'success,failure', 'SUCCESS,FAILURE'", "delay, DELAY"})
  void notificationsAreAskedForEachRecipient(String option, String parameter) throws Exception {
    Files.writeString(folder.resolve("a.eml"), MAIL);
    try (SmtpServer server = SmtpServer.start()) {
      assertThat(send(server, folder + " --dsn-notify " + option).exitCode()).isZero();
      assertThat(server.transcript()).contains("C1: RCPT TO:<b@x.de> NOTIFY=" + parameter);
    }
  }

  @Test
  void filesThatCannotBeSentDoNotKeepTheOthers() throws Exception {
    Files.writeString(folder.resolve("a.eml"), MAIL);
    Files.writeString(folder.resolve("b.eml"), "From: a@x.de\r\n\r\nnobody\r\n");
    Files.writeString(folder.resolve("c.eml"), "To: a@x.de\r\n\r\nno sender\r\n");
    Files.writeString(folder.resolve("d.eml"), "x".repeat(3 << 20));
    Files.writeString(folder.resolve("e.eml"), "");
    Files.writeString(folder.resolve("f.eml"), MAIL);
    Path results = folder.resolve("results.json");
    try (SmtpServer server = SmtpServer.start()) {
      Run run =
          send(server, folder + " " + folder.resolve("missing.eml") + " --results " + results);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(server.messages()).hasSize(2);
      assertThat(run.out()).contains("7 of 7 messages").containsPattern("NOT_SENT +5 ");
      assertThat(run.err())
          .contains("b.eml: not sent: it names no recipient")
          .contains("c.eml: not sent: it has neither a Sender nor a From")
          .contains("d.eml: not sent: its header has no end within 1048576 octets")
          .contains("missing.eml: not sent: it cannot be read: there is no such file")
          .doesNotContain("Exception");
      assertThat(Files.readAllLines(results))
          .hasSize(7)
          .filteredOn(l -> l.contains("NOT_SENT"))
          .hasSize(5)
          .allMatch(line -> line.contains("\"error\":\"") && line.contains("\"recipients\":[]"));
    }
  }

  @Test
  void refusalsAreToldForEachRecipient() throws Exception {
    Files.writeString(
        folder.resolve("a.eml"),
        "From: a@x.de\r\nTo: b@x.de, no@x.de\r\nMessage-ID:\r\n <1@x.de>\r\n\r\nHello\r\n");
    SmtpScript script =
        SmtpScript.builder().on(Phase.RCPT).nth(2).reply(550, "5.1.1 unknown").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      Run run = send(server, folder + " --results -");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("a.eml: accepted for some recipients only: <no@x.de> 550 5.1.1 unknown")
          .containsPattern("PARTIAL +1 ");
      assertThat(run.out().lines())
          .singleElement()
          .asString()
          .contains("\"message_id\":\"<1@x.de>\",\"outcome\":\"PARTIAL\"")
          .contains("{\"address\":\"b@x.de\",\"status\":\"ACCEPTED\",\"reply\":\"250 ")
          .contains(
              "{\"address\":\"no@x.de\",\"status\":\"REJECTED\",\"reply\":\"550 5.1.1 unknown\",\"phase\":\"RCPT\"}")
          .endsWith("\"attempts\":1}");
    }
  }

  @Test
  void allOrNothingWithholdsTheMessage() throws Exception {
    Files.writeString(
        folder.resolve("a.eml"), "From: a@x.de\r\nTo: b@x.de, no@x.de\r\n\r\nHello\r\n");
    SmtpScript script =
        SmtpScript.builder().on(Phase.RCPT).nth(2).reply(550, "5.1.1 unknown").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      assertThat(send(server, folder + " --all-or-nothing").exitCode()).isEqualTo(1);
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void manyProblemsAreShownInPart() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.writeString(folder.resolve(i + ".eml"), MAIL);
    }
    SmtpScript script = SmtpScript.builder().on(Phase.MAIL).reply(451, "4.3.0 later").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      Run run = send(server, folder.toString());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).containsPattern("DEFERRED +50 ");
      assertThat(run.err().lines()).hasSize(21);
      assertThat(run.err()).contains("451 4.3.0 later", "and 30 more; --results FILE lists all");
    }
  }

  @Test
  void aServerThatCannotBeReachedEndsTheRun() throws Exception {
    for (int i = 0; i < 100; i++) {
      Files.writeString(folder.resolve(i + ".eml"), MAIL);
    }
    Path results = folder.resolve("results.json");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Run run =
        Run.smtp(
            "send",
            folder.toString(),
            "--server",
            "127.0.0.1:" + port,
            "--results",
            results.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("127.0.0.1:" + port, "refused", "Nothing was sent");
    assertThat(Files.readAllLines(results))
        .isNotEmpty()
        .hasSizeLessThan(100)
        .allMatch(line -> line.contains("\"outcome\":\"NOT_SENT\""));
  }

  @Test
  void aNameThatDoesNotResolveEndsTheRun() throws Exception {
    Files.writeString(folder.resolve("a.eml"), MAIL);
    Path results = folder.resolve("results.json");
    Run run =
        Run.smtp(
            "send",
            folder.toString(),
            "--server",
            "no.such.host.invalid:25",
            "--results",
            results.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("no.such.host.invalid", "Nothing was sent");
    assertThat(Files.readAllLines(results))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"NOT_SENT\"", "\"status\":\"NOT_SENT\"");
  }

  private static Run send(SmtpServer server, String arguments) {
    List<String> all =
        new ArrayList<>(List.of("send", "--tls", "none", "--server", address(server)));
    all.addAll(List.of(arguments.split(" ")));
    return Run.smtp(all.toArray(String[]::new));
  }

  private static String address(SmtpServer server) {
    return server.host() + ":" + server.port();
  }

  /** One for each recipient, as Postfix would deliver them. */
  private static List<DeliveredMessage> delivered(SmtpServer server) {
    List<DeliveredMessage> delivered = new ArrayList<>();
    for (ReceivedMessage message : server.messages()) {
      String content =
          new String(message.content(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      String sender = message.reversePath() == null ? "" : message.reversePath().toString();
      message
          .recipients()
          .forEach(
              recipient ->
                  delivered.add(
                      new DeliveredMessage(sender, recipient.forwardPath().toString(), content)));
    }
    return delivered;
  }
}
