package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.cli.EnvelopeAddresses.Given;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MailRunIT {

  private static final int FILES = 300;

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void files() throws IOException {
    for (int i = 0; i < FILES; i++) {
      files.add(
          Files.writeString(
              folder.resolve(i + ".eml"), "From: a@x.de\r\nTo: b@x.de\r\n\r\n" + i + "\r\n"));
    }
  }

  @Test
  void anInterruptionAccountsForEveryEnvelopeTaken() throws Exception {
    CountDownLatch contentArrived = new CountDownLatch(1);
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.BDAT)
            .when(
                command -> {
                  contentArrived.countDown();
                  return true;
                })
            .hang()
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start();
        ResultLog log = new ResultLog(written)) {
      SmtpClient client = client(server);
      MailRun run =
          new MailRun(client, new EnvelopeReader(Given.NOTHING, RcptParameters.NONE), log);
      Thread stopper =
          new Thread(
              () -> {
                try {
                  contentArrived.await();
                  run.stop(Duration.ofMillis(100));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      stopper.start();
      send(run);
      stopper.join();
      log.flush();

      Tally tally = run.tally();
      assertThat(tally.of(Outcome.ACCEPTED)).isZero();
      assertThat(tally.of(Outcome.UNKNOWN)).isPositive();
      assertThat(tally.of(Outcome.UNKNOWN) + tally.of(Outcome.NOT_SENT)).isEqualTo(tally.total());
      assertThat(tally.total()).isLessThan(FILES);
      assertThat(lines()).hasSize(Math.toIntExact(tally.total()));
    }
  }

  @Test
  void anInterruptionLetsWhatIsUnderWayEnd() throws Exception {
    CountDownLatch mailArrived = new CountDownLatch(1);
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.MAIL)
            .nth(20)
            .when(
                command -> {
                  mailArrived.countDown();
                  return true;
                })
            .answerNormally()
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start();
        ResultLog log = new ResultLog(written)) {
      MailRun run =
          new MailRun(client(server), new EnvelopeReader(Given.NOTHING, RcptParameters.NONE), log);
      Thread stopper =
          new Thread(
              () -> {
                try {
                  mailArrived.await();
                  run.stop(Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      stopper.start();
      send(run);
      stopper.join();
      log.flush();

      assertThat(run.tally().allAccepted()).isTrue();
      assertThat(run.tally().total()).isEqualTo(server.accepted()).isPositive();
      assertThat(lines()).hasSize(Math.toIntExact(run.tally().total()));
    }
  }

  @Test
  void resultsThatCannotBeWrittenStopTheRun() throws Exception {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("disk full");
          }
        };
    ResultLog log = new ResultLog(full);
    try (SmtpServer server = SmtpServer.start()) {
      MailRun run =
          new MailRun(client(server), new EnvelopeReader(Given.NOTHING, RcptParameters.NONE), log);
      send(run);
      assertThat(run.resultsFailure()).hasMessage("disk full");
      assertThat(run.tally().total()).isEqualTo(server.accepted()).isLessThan(FILES);
    }
  }

  private void send(MailRun run) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (Progress progress = Progress.start("Sending", FILES, false, nowhere)) {
      run.send(files, progress);
    }
  }

  private static SmtpClient client(SmtpServer server) {
    return SmtpClient.builder(server.host(), server.port())
        .tls(TlsMode.NONE)
        .pool(pool -> pool.maxConnections(2))
        .build();
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
