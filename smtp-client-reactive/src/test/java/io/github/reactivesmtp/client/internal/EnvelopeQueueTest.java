package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class EnvelopeQueueTest {

  private static PendingSend send() {
    Envelope envelope =
        Envelope.builder()
            .from("me@from.example")
            .to("a@to.example")
            .body(MessageBody.text("hello"))
            .build();
    List<PendingSend> made = new ArrayList<>();
    Mono.<SendResult>create(sink -> made.add(new PendingSend(envelope, new SingleListener(sink))))
        .subscribe();
    return made.get(0);
  }

  @Test
  void firstInFirstOutAndWhatComesAgainGoesFirst() {
    EnvelopeQueue queue = new EnvelopeQueue(10);
    PendingSend one = send();
    PendingSend two = send();
    PendingSend again = send();
    queue.add(one);
    queue.add(two);
    queue.addAgain(again);

    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.poll()).isSameAs(again);
    assertThat(queue.poll()).isSameAs(one);
    assertThat(queue.poll()).isSameAs(two);
    assertThat(queue.poll()).isNull();
    assertThat(queue.size()).isZero();
  }

  @Test
  void placesAreGrantedUpToTheCapacity() {
    EnvelopeQueue queue = new EnvelopeQueue(10);
    assertThat(queue.reserve(4)).isEqualTo(4);
    assertThat(queue.reserve(100)).isEqualTo(6);
    assertThat(queue.reserve(1)).isZero();
    queue.release(3);
    assertThat(queue.reserve(2)).isEqualTo(2);
    assertThat(queue.reserve(2)).isEqualTo(1);
    assertThat(queue.reserve(2)).isZero();
  }

  @Test
  void aPlaceIsKeptWhileItsEnvelopeIsUnderWay() {
    EnvelopeQueue queue = new EnvelopeQueue(1);
    assertThat(queue.reserve(1)).isEqualTo(1);
    queue.add(send());
    PendingSend underWay = queue.poll();
    assertThat(queue.reserve(1)).isZero();
    queue.addAgain(underWay);
    assertThat(queue.poll()).isSameAs(underWay);
    queue.release(1);
    assertThat(queue.reserve(1)).isEqualTo(1);
  }

  @Test
  void threadsTogetherGetNoMoreThanTheCapacity() throws Exception {
    EnvelopeQueue queue = new EnvelopeQueue(1000);
    int threads = 4;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> granted = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        granted.add(
            executor.submit(
                () -> {
                  start.await();
                  int mine = 0;
                  int got;
                  while ((got = queue.reserve(3)) > 0) {
                    mine += got;
                  }
                  return mine;
                }));
      }
      start.countDown();
      int all = 0;
      for (Future<Integer> mine : granted) {
        all += mine.get(30, TimeUnit.SECONDS);
      }
      assertThat(all).isEqualTo(1000);
    } finally {
      executor.shutdownNow();
    }
  }
}
