package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.test.scheduler.VirtualTimeScheduler;

class BenchSourceTest {

  private static final double UNPACED = Double.POSITIVE_INFINITY;

  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final BenchEnvelopes envelopes =
      new BenchEnvelopes(null, new AddressTemplate("--to", "a{n}@x.de"), 1, MessageBody.text("x"));
  private final BenchResults results = new BenchResults();
  private final Taker taker = new Taker();

  @AfterEach
  void end() {
    time.dispose();
  }

  @Test
  void givesWhatIsAskedForAndNoMoreThanThereIs() {
    source(5, UNPACED).subscribe(taker);
    assertThat(taker.taken).isEmpty();
    taker.request(2);
    assertThat(taker.taken).hasSize(2);
    taker.request(Long.MAX_VALUE);
    taker.request(Long.MAX_VALUE);
    assertThat(taker.taken).hasSize(5).doesNotHaveDuplicates();
    assertThat(taker.completed).isEqualTo(1);
  }

  @Test
  void endsWithoutBeingAsked() {
    BenchSource source = source(5, UNPACED);
    source.subscribe(taker);
    taker.request(1);
    source.stop();
    source.stop();
    taker.request(1);
    assertThat(taker.taken).hasSize(1);
    assertThat(taker.completed).isEqualTo(1);
  }

  @Test
  void endsAtOnceIfItWasStoppedBefore() {
    BenchSource source = source(5, UNPACED);
    source.stop();
    source.subscribe(taker);
    assertThat(taker.taken).isEmpty();
    assertThat(taker.completed).isEqualTo(1);
  }

  @Test
  void neverExceedsTheRate() {
    source(1000, 50).subscribe(taker);
    taker.request(Long.MAX_VALUE);
    for (int millis = 0; millis <= 2000; millis += 5) {
      assertThat(taker.taken).hasSize(1 + millis / 20);
      time.advanceTimeBy(Duration.ofMillis(5));
    }
    time.advanceTimeBy(Duration.ofSeconds(20));
    assertThat(taker.completed).isEqualTo(1);
  }

  @Test
  void isNotAheadOfDemandAtARate() {
    source(1000, 50).subscribe(taker);
    taker.request(3);
    time.advanceTimeBy(Duration.ofSeconds(1));
    assertThat(taker.taken).hasSize(3);
  }

  @Test
  void whatTheClientHadNoRoomForIsLateSinceItWasDue() {
    source(1000, 10).subscribe(taker);
    taker.request(1);
    time.advanceTimeBy(Duration.ofSeconds(1));
    taker.request(3);
    assertThat(taker.taken).hasSize(4);
    assertThat(ages()).containsExactly(1000L, 900L, 800L, 700L);
  }

  @Test
  void whatIsInTimeIsTakenWhenItIsGiven() {
    source(1000, 10).subscribe(taker);
    taker.request(4);
    time.advanceTimeBy(Duration.ofSeconds(1));
    assertThat(ages()).containsExactly(1000L, 900L, 800L, 700L);
    taker.request(1);
    // Overdue since 400 ms.
    assertThat(ages()).containsExactly(600L);
  }

  @Test
  void withoutARateNothingIsLate() {
    source(1000, UNPACED).subscribe(taker);
    time.advanceTimeBy(Duration.ofSeconds(1));
    taker.request(1);
    assertThat(ages()).containsExactly(0L);
  }

  /** Gives all back; how many milliseconds each had been under way. */
  private List<Long> ages() {
    List<Long> ages = new ArrayList<>();
    for (Envelope envelope : taker.taken) {
      results.latencies().reset();
      SendResult accepted = BenchFixture.accepted();
      envelopes.giveBack(
          new SendResult(
              envelope, Outcome.ACCEPTED, accepted.recipients(), accepted.reply(), 1, null, null),
          now());
      ages.add(Math.round(results.latencies().getMaxValue() / 1e6));
    }
    taker.taken.clear();
    return ages;
  }

  private long now() {
    return time.now(TimeUnit.NANOSECONDS);
  }

  private BenchSource source(long messages, double rate) {
    return new BenchSource(envelopes, results, messages, rate, this::now, time);
  }

  private static final class Taker extends BaseSubscriber<Envelope> {

    private final List<Envelope> taken = new ArrayList<>();
    private int completed;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      // Asks when it is told to.
    }

    @Override
    protected void hookOnNext(Envelope envelope) {
      taken.add(envelope);
    }

    @Override
    protected void hookFinally(SignalType type) {
      completed++;
    }
  }
}
