package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BenchRunIT {

  private static final int MAILS = 50;

  private final CountDownLatch reached = new CountDownLatch(MAILS);

  /** A server that counts MAIL commands, and does as usual. */
  private SmtpServer server() {
    return SmtpServer.builder()
        .script(
            SmtpScript.builder()
                .on(Phase.MAIL)
                .when(
                    command -> {
                      reached.countDown();
                      return true;
                    })
                .answerNormally()
                .build())
        .transcript(false)
        .start();
  }

  @Test
  void anInterruptionReportsWhatThereIs() throws Exception {
    try (SmtpServer server = server()) {
      BenchRun run = run(server, "--duration 1h", builder -> builder);
      whenReached(run::interrupt);
      BenchFigures figures = run.send();

      assertThat(figures.interrupted()).isTrue();
      assertThat(figures.accepted()).isEqualTo(server.accepted()).isGreaterThan(MAILS / 2);
      assertThat(figures.allAccepted()).isTrue();
    }
  }

  @Test
  void anInterruptionOfTheWarmUpMeasuresNothing() throws Exception {
    try (SmtpServer server = server()) {
      BenchRun run = run(server, "--warmup 1h --duration 1h", builder -> builder);
      whenReached(run::interrupt);
      BenchFigures figures = run.send();

      assertThat(figures.messages()).isZero();
      assertThat(figures.warmedUp()).isEqualTo(server.accepted());
      assertThat(figures.allAccepted()).isFalse();
    }
  }

  @Test
  void aServerThatFallsSilentDoesNotHoldItUp() {
    SmtpScript script = SmtpScript.builder().on(Phase.BDAT).nth(5).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      BenchFigures figures =
          run(server, "--duration 200ms", builder -> builder, Duration.ofMillis(200)).send();

      assertThat(figures.tally().of(Outcome.UNKNOWN)).isPositive();
      assertThat(figures.accepted()).isEqualTo(server.accepted()).isPositive();
      assertThat(figures.refusals()).isNotEmpty();
    }
  }

  @Test
  void aServerThatIsGoneEndsIt() throws Exception {
    try (SmtpServer server = server()) {
      BenchRun run =
          run(
              server,
              "--duration 1h",
              builder -> builder.pool(p -> p.pendingAcquireTimeout(Duration.ofMillis(300))));
      whenReached(server::close);
      BenchFigures figures = run.send();

      assertThat(figures.failure()).isNotNull();
      assertThat(figures.accepted()).isPositive();
      assertThat(figures.errors()).isPositive();
      assertThat(figures.allAccepted()).isFalse();
    }
  }

  private void whenReached(Runnable action) {
    new Thread(
            () -> {
              try {
                reached.await();
                action.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .start();
  }

  private static BenchRun run(
      SmtpServer server, String options, UnaryOperator<SmtpClient.Builder> change) {
    return run(server, options, change, Duration.ofSeconds(30));
  }

  private static BenchRun run(
      SmtpServer server, String options, UnaryOperator<SmtpClient.Builder> change, Duration grace) {
    String all = "--tls none --server " + server.host() + ":" + server.port() + " " + options;
    BenchSetup setup = BenchFixture.setup(all.split(" "));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new BenchRun(
        setup,
        change.apply(setup.sending().applyUnpaced(setup.connection().asAsked())),
        new BenchMeter(setup.octets(), nowhere, false),
        grace);
  }
}
