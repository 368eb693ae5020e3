package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Recipients that were refused for now are sent to again, if the client was asked to. */
@Timeout(60)
class RetryDeferredIT {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final RetryPolicy SOON =
      RetryPolicy.DEFAULT.minBackoff(Duration.ofMillis(20)).maxBackoff(Duration.ofMillis(50));

  private static SmtpClient.Builder client(SmtpServer server) {
    return SmtpClient.builder(server.host(), server.port()).tls(TlsMode.NONE);
  }

  private static Envelope envelope(int i) {
    return Envelope.builder()
        .from("from@example.com")
        .to("a" + i + "@example.org", "b" + i + "@example.org")
        .body(MessageBody.text("hello\r\n"))
        .build();
  }

  /** Greylisting: each recipient is refused once. */
  private static SmtpScript greylisting(int envelopes) {
    return SmtpScript.builder()
        .on(Phase.RCPT)
        .times(2 * envelopes)
        .reply(450, "4.2.0 greylisted")
        .build();
  }

  @Test
  void offUnlessAskedFor() {
    try (SmtpServer server = SmtpServer.builder().script(greylisting(1)).start()) {
      SmtpClient client = client(server).build();
      SendResult result = client.send(envelope(1)).block(WAIT);
      assertThat(result.outcome()).isEqualTo(Outcome.DEFERRED);
      assertThat(result.attempts()).isEqualTo(1);
      assertThat(result.phase()).isEqualTo(SendPhase.RCPT);
      assertThat(result.recipients().get(0).command()).hasToString("RCPT TO:<a1@example.org>");
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void moreThanMayBeUnderWayWaitAndAllArriveOnce() {
    int count = 200;
    try (SmtpServer server = SmtpServer.builder().script(greylisting(count)).start()) {
      SmtpClient client = client(server).retryDeferred(SOON).build();
      List<SendResult> results =
          client
              .sendAll(Flux.range(0, count).map(RetryDeferredIT::envelope))
              .collectList()
              .block(WAIT);

      assertThat(results).hasSize(count).allMatch(SendResult::isAccepted);
      assertThat(server.messages().stream().mapToInt(m -> m.recipients().size()).sum())
          .isEqualTo(2 * count);
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void onlyThoseDeferredAreSentToAgain() {
    SmtpScript script =
        SmtpScript.builder().on(Phase.RCPT).nthInTotal(2).reply(450, "4.2.0 later").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server).retryDeferred(SOON).build();
      SendResult result = client.send(envelope(1)).block(WAIT);

      assertThat(result.isAccepted()).isTrue();
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(server.messages())
          .extracting(m -> m.recipients().get(0).forwardPath().toString())
          .containsExactly("a1@example.org", "b1@example.org");
      client.disposeLater().block(WAIT);
    }
  }

  /** Who was refused for good would be left out of another attempt, and the others served. */
  @Test
  void allOrNothingIsNotUndoneByAnotherAttempt() {
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.RCPT)
            .nthInTotal(1)
            .reply(550, "5.1.1 never")
            .on(Phase.RCPT)
            .nthInTotal(2)
            .reply(450, "4.2.0 later")
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server).allOrNothing(true).retryDeferred(SOON).build();
      SendResult result = client.send(envelope(1)).block(WAIT);

      assertThat(result.recipients())
          .extracting(RecipientResult::outcome)
          .containsExactly(Outcome.REJECTED, Outcome.DEFERRED);
      assertThat(server.messages()).isEmpty();
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void disposalDoesNotWaitForThem() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    SmtpScript always =
        SmtpScript.builder()
            .on(Phase.RCPT)
            .when(
                rcpt -> {
                  asked.countDown();
                  return true;
                })
            .reply(450, "4.2.0 later")
            .build();
    try (SmtpServer server = SmtpServer.builder().script(always).start()) {
      SmtpClient client = client(server).retryDeferred(RetryPolicy.DEFAULT).build();
      var result = client.send(envelope(1)).toFuture();
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      client.disposeLater().block(WAIT);

      assertThat(result).isCompleted();
      assertThat(result.join().outcome()).isEqualTo(Outcome.DEFERRED);
    }
  }
}
