package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class SendAllTest {

  private static final int AHEAD = 8;

  private final TestPublisher<Envelope> source = TestPublisher.create();
  private final FakeDesk desk = new FakeDesk();

  /** Takes envelopes; the test says what becomes of them. */
  private static final class FakeDesk implements SendAll.Desk {
    final ConcurrentLinkedQueue<Envelope> taken = new ConcurrentLinkedQueue<>();
    final List<SendResult> unheard = new ArrayList<>();
    volatile ResultListener listener;
    int begun;
    int expectedUnheard;
    int placesFreed;

    @Override
    public void take(Envelope envelope, ResultListener whose) {
      taken.add(envelope);
      listener = whose;
    }

    @Override
    public void begin() {
      begun++;
    }

    @Override
    public void cancelled(int results) {
      expectedUnheard += results;
    }

    @Override
    public void unheard(SendResult result) {
      unheard.add(result);
    }

    @Override
    public void ended(int places) {
      placesFreed += places;
    }
  }

  private static Envelope envelope() {
    return Envelope.builder()
        .from("me@from.example")
        .to("you@to.example")
        .body(MessageBody.text("hello"))
        .build();
  }

  private static SendResult result() {
    return new SendResult(envelope(), Outcome.ACCEPTED, List.of(), null, 1, null, null);
  }

  private void emit(int envelopes) {
    for (int i = 0; i < envelopes; i++) {
      source.next(envelope());
    }
  }

  private boolean answer(int results) {
    boolean heard = true;
    for (int i = 0; i < results; i++) {
      heard &= desk.listener.onResult(result());
    }
    return heard;
  }

  private Flux<SendResult> sendAll() {
    return Flux.from(
        subscriber ->
            source
                .flux()
                .subscribe(new SendAll(Operators.toCoreSubscriber(subscriber), desk, AHEAD)));
  }

  @Test
  void asksForAsManyAsMayBeUnderWayAndForMoreWhenResultsWereTaken() {
    StepVerifier.create(sendAll(), 0)
        .then(() -> source.assertMinRequested(AHEAD))
        .then(() -> emit(AHEAD))
        .then(() -> answer(AHEAD))
        .then(() -> assertThat(desk.begun).isEqualTo(1 + AHEAD))
        .then(() -> source.assertMaxRequested(0))
        .thenRequest(3)
        .expectNextCount(3)
        .then(() -> source.assertMinRequested(2))
        .then(() -> source.assertMaxRequested(3))
        .thenRequest(5)
        .expectNextCount(5)
        .then(() -> source.assertMinRequested(AHEAD))
        .then(source::complete)
        .verifyComplete();
    assertThat(desk.placesFreed).isEqualTo(AHEAD);
  }

  @Test
  void whatComesWhileItIsAskedForIsBegunTogether() {
    Flux<Envelope> synchronous = Flux.range(0, 20).map(i -> envelope());
    BaseSubscriber<SendResult> subscriber = new BaseSubscriber<>() {};
    synchronous.subscribe(new SendAll(subscriber, desk, AHEAD));
    assertThat(desk.taken).hasSize(AHEAD);
    assertThat(desk.begun).isEqualTo(1);
    answer(2);
    assertThat(desk.taken).hasSize(AHEAD + 2);
    assertThat(desk.begun).isEqualTo(2);
    subscriber.cancel();
  }

  @Test
  void endsAfterTheLastResult() {
    StepVerifier.create(sendAll())
        .then(() -> emit(2))
        .then(source::complete)
        .then(() -> answer(1))
        .expectNextCount(1)
        .then(() -> answer(1))
        .expectNextCount(1)
        .verifyComplete();
  }

  @Test
  void anEmptySourceEndsAtOnce() {
    StepVerifier.create(sendAll()).then(source::complete).verifyComplete();
    assertThat(desk.placesFreed).isEqualTo(AHEAD);
  }

  @Test
  void theSourcesFailureComesAfterWhatIsUnderWay() {
    StepVerifier.create(sendAll())
        .then(() -> emit(2))
        .then(() -> source.error(new IllegalStateException("source")))
        .then(() -> answer(2))
        .expectNextCount(2)
        .verifyErrorMessage("source");
  }

  @Test
  void whatIsWrongWithEveryEnvelopeEndsTheIntakeAndIsToldOnce() {
    StepVerifier.create(sendAll())
        .then(() -> emit(3))
        .then(() -> desk.listener.onFailure(new IllegalStateException("first")))
        .then(source::assertCancelled)
        .then(() -> assertThat(desk.listener.onFailure(new IllegalStateException("2nd"))).isTrue())
        .then(() -> answer(1))
        .expectNextCount(1)
        .verifyErrorMessage("first");
  }

  @Test
  void afterCancellingEachResultIsForNobodyOnce() {
    BaseSubscriber<SendResult> subscriber =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
          }
        };
    sendAll().subscribe(subscriber);
    emit(5);
    answer(3);
    assertThat(desk.unheard).isEmpty();
    subscriber.cancel();
    source.assertCancelled();
    assertThat(desk.placesFreed).isEqualTo(AHEAD);
    assertThat(desk.expectedUnheard).isEqualTo(4);
    assertThat(desk.unheard).as("had come").hasSize(2);
    assertThat(desk.listener.isCancelled()).isTrue();
    assertThat(answer(1)).isFalse();
    assertThat(desk.listener.onFailure(new IllegalStateException("late"))).isFalse();
  }

  @Test
  void cancelledFromWithinAResultTheRestIsForNobody() {
    StepVerifier.create(sendAll().take(1))
        .then(() -> emit(3))
        .then(() -> answer(1))
        .expectNextCount(1)
        .verifyComplete();
    assertThat(desk.expectedUnheard).isEqualTo(2);
    assertThat(desk.unheard).isEmpty();
  }

  @Test
  void aListenerThatThrowsIsToldNoMore() {
    List<SendResult> heard = new ArrayList<>();
    CoreSubscriber<SendResult> rude =
        new CoreSubscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(SendResult result) {
            heard.add(result);
            throw new IllegalStateException("the listener's own trouble");
          }

          @Override
          public void onError(Throwable error) {}

          @Override
          public void onComplete() {}
        };
    source.flux().subscribe(new SendAll(rude, desk, AHEAD));
    emit(3);
    assertThatThrownBy(() -> answer(1)).isInstanceOf(RuntimeException.class);
    assertThat(answer(2)).isFalse();
    assertThat(heard).hasSize(1);
    assertThat(desk.expectedUnheard).isEqualTo(2);
  }

  /** Results from four threads at once: none is lost, and they come one after another. */
  @Test
  void givesEachResultOnceWhoeverBringsIt() throws Exception {
    int each = 20_000;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger heard = new AtomicInteger();
    CountDownLatch complete = new CountDownLatch(1);
    BaseSubscriber<SendResult> subscriber =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnNext(SendResult result) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.incrementAndGet();
            inside.decrementAndGet();
          }

          @Override
          protected void hookOnComplete() {
            complete.countDown();
          }
        };
    Flux.range(0, 4 * each).map(i -> envelope()).subscribe(new SendAll(subscriber, desk, 64));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int t = 0; t < 4; t++) {
        threads.execute(
            () -> {
              for (int i = 0; i < each; ) {
                if (desk.taken.poll() != null) {
                  desk.listener.onResult(result());
                  i++;
                } else {
                  Thread.onSpinWait();
                }
              }
            });
      }
      assertThat(complete.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      threads.shutdownNow();
    }
    assertThat(heard).hasValue(4 * each);
    assertThat(inside).hasValue(0);
  }
}
