package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = 12_345;

  /** Asked as often as can be, at moments of every kind, and late as timers are. */
  @ParameterizedTest
  @ValueSource(
      doubles = {1, 2, 3, 7, 19, 20, 39, 40, 47, 99, 100, 333, 1_000, 9_999, 50_000, 300_000})
  void noSecondHasMoreAndNotManyLess(double rate) {
    Random random = new Random((long) rate);
    RateLimiter limiter = new RateLimiter(rate, () -> now);
    ArrayDeque<Long> lastSecond = new ArrayDeque<>();
    long end = now + 10 * SECOND;
    int taken = 0;
    while (now < end) {
      if (limiter.tryTake()) {
        taken++;
        lastSecond.add(now);
      } else {
        now += limiter.waitNanos() + random.nextInt(1_000);
        assertThat(limiter.waitNanos()).isZero();
      }
      while (!lastSecond.isEmpty() && now - lastSecond.peek() >= SECOND) {
        lastSecond.poll();
      }
      assertThat((double) lastSecond.size()).isLessThanOrEqualTo(rate);
    }
    assertThat((double) taken).isBetween(rate * 10 * 0.9, rate * 10);
  }

  @Test
  void lessThanOneASecond() {
    RateLimiter limiter = new RateLimiter(0.5, () -> now);
    assertThat(limiter.tryTake()).isTrue();
    assertThat(limiter.tryTake()).isFalse();
    assertThat(limiter.waitNanos()).isEqualTo(2 * SECOND);
    now += 2 * SECOND - 1;
    assertThat(limiter.tryTake()).isFalse();
    now += 1;
    assertThat(limiter.tryTake()).isTrue();
  }

  @Test
  void whatWasNotUsedIsNotSaved() {
    RateLimiter limiter = new RateLimiter(10, () -> now);
    now += 100 * SECOND;
    assertThat(limiter.tryTake()).isTrue();
    assertThat(limiter.tryTake()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, 1e10})
  void noLimit(double rate) {
    RateLimiter limiter = new RateLimiter(rate, () -> now);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.waitNanos()).isZero();
      assertThat(limiter.tryTake()).isTrue();
    }
  }
}
