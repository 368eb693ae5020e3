package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.RetryPolicy;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class DeferralsTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(Duration.ofSeconds(10), Duration.ofSeconds(60), 0, Duration.ofMinutes(10), 2);

  private final List<PendingSend> again = new ArrayList<>();
  private VirtualTimeScheduler time;

  @BeforeEach
  void stopTime() {
    time = VirtualTimeScheduler.getOrSet();
  }

  @AfterEach
  void letTimeGoOn() {
    VirtualTimeScheduler.reset();
  }

  private static PendingSend send(MessageBody body, Outcome... outcomes) {
    Envelope.Builder envelope = Envelope.builder().from("me@from.example").body(body);
    for (int i = 0; i < outcomes.length; i++) {
      envelope.to("r" + i + "@to.example");
    }
    List<PendingSend> made = new ArrayList<>();
    Mono.<SendResult>create(
            sink -> made.add(new PendingSend(envelope.build(), new SingleListener(sink))))
        .subscribe();
    PendingSend send = made.get(0);
    enter(send, outcomes);
    return send;
  }

  private static void enter(PendingSend send, Outcome... outcomes) {
    send.attempt();
    send.contentUsed();
    List<RecipientResult> entered = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      entered.add(
          new RecipientResult(
              send.remaining().get(i).address(),
              outcomes[i],
              SmtpReply.of(450, "later"),
              SendPhase.RCPT,
              null));
    }
    send.enter(new TransactionOutcome(entered, null, null, 0), null);
  }

  private static PendingSend deferred() {
    return send(MessageBody.text("hello"), Outcome.DEFERRED);
  }

  private Deferrals deferrals(@Nullable RetryPolicy policy) {
    return new Deferrals(policy, again::add);
  }

  @Test
  void offUnlessAsked() {
    assertThat(deferrals(null).take(deferred())).isFalse();
    assertThat(deferrals(null).capacity()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"ACCEPTED", "REJECTED", "NOT_SENT", "UNKNOWN"})
  void nothingElseIsSentAgain(Outcome outcome) {
    assertThat(deferrals(POLICY).take(send(MessageBody.text("hello"), outcome))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,10", "1,20", "2,40", "3,60", "30,60"})
  void eachWaitIsTwiceTheLastUpToTheLongest(int round, long seconds) {
    PendingSend send = deferred();
    for (int i = 0; i < round; i++) {
      send.beginAgain();
      enter(send, Outcome.DEFERRED);
    }
    assertThat(deferrals(POLICY).take(send)).isTrue();
    time.advanceTimeBy(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(again).isEmpty();
    time.advanceTimeBy(Duration.ofMillis(1));
    assertThat(again).containsExactly(send);
  }

  @Test
  void jitterStaysWithinItsPart() {
    RetryPolicy policy = POLICY.jitter(0.5).maxWaiting(1_000);
    Deferrals deferrals = deferrals(policy);
    for (int i = 0; i < 200; i++) {
      assertThat(deferrals.take(deferred())).isTrue();
    }
    time.advanceTimeBy(Duration.ofMillis(4_999));
    assertThat(again).isEmpty();
    time.advanceTimeBy(Duration.ofMillis(5_001));
    assertThat(again).hasSizeBetween(1, 199);
    time.advanceTimeBy(Duration.ofSeconds(5));
    assertThat(again).hasSize(200);
  }

  @Test
  void noneIsBegunPastTheAge() {
    assertThat(deferrals(POLICY.maxAge(Duration.ofSeconds(10))).take(deferred())).isFalse();
    assertThat(deferrals(POLICY.maxAge(Duration.ofSeconds(20))).take(deferred())).isTrue();
  }

  @Test
  void onlySoManyWait() {
    Deferrals deferrals = deferrals(POLICY);
    assertThat(deferrals.take(deferred())).isTrue();
    assertThat(deferrals.take(deferred())).isTrue();
    assertThat(deferrals.take(deferred())).isFalse();
    time.advanceTimeBy(Duration.ofSeconds(10));
    assertThat(deferrals.take(deferred())).isTrue();
  }

  @Test
  void contentThatCannotBeReadAgainIsNotSentAgain() {
    MessageBody once = MessageBody.publisher(Flux.just(Unpooled.EMPTY_BUFFER));
    MessageBody again = MessageBody.repeatable(Flux.just(Unpooled.EMPTY_BUFFER));
    assertThat(deferrals(POLICY).take(send(once, Outcome.DEFERRED))).isFalse();
    assertThat(deferrals(POLICY).take(send(again, Outcome.DEFERRED))).isTrue();
  }

  @Test
  void onlyThoseDeferredAreSentToAgain() {
    PendingSend send =
        send(MessageBody.text("hello"), Outcome.ACCEPTED, Outcome.DEFERRED, Outcome.REJECTED);
    send.beginAgain();
    assertThat(send.remaining())
        .singleElement()
        .satisfies(r -> assertThat(r.address()).hasToString("r1@to.example"));
    assertThat(send.mayRetry(1)).as("attempts are counted anew").isTrue();
  }

  @Test
  void theEndGivesBackThoseThatWaitAndTakesNoMore() {
    Deferrals deferrals = deferrals(POLICY);
    PendingSend send = deferred();
    deferrals.take(send);
    assertThat(deferrals.endAll()).containsExactly(send);
    assertThat(deferrals.take(deferred())).isFalse();
    time.advanceTimeBy(Duration.ofMinutes(5));
    assertThat(again).isEmpty();
  }
}
