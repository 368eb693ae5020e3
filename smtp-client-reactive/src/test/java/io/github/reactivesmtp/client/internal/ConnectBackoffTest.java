package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counting only: the clock plays no part but to tell attempts apart. */
class ConnectBackoffTest {

  /** An attempt certainly begun after whatever failed before. */
  private static long later() {
    return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
  }

  @Test
  void connectsAtOnceUntilSomethingFailed() {
    ConnectBackoff backoff = new ConnectBackoff(3);
    assertThat(backoff.waitNanos()).isZero();
  }

  @Test
  void tellsAfterSoManyFailuresInARow() {
    ConnectBackoff backoff = new ConnectBackoff(3);
    assertThat(backoff.failed(later())).isFalse();
    assertThat(backoff.failed(later())).isFalse();
    assertThat(backoff.failed(later())).isTrue();
    assertThat(backoff.failed(later())).isTrue();
  }

  @Test
  void attemptsSideBySideFailAsOne() {
    long together = System.nanoTime();
    ConnectBackoff backoff = new ConnectBackoff(2);
    assertThat(backoff.failed(together)).isFalse();
    assertThat(backoff.failed(together)).isFalse();
    assertThat(backoff.failed(together)).isFalse();
    assertThat(backoff.failed(later())).isTrue();
  }

  @Test
  void aServerOnceReachedIsNotGivenUp() {
    ConnectBackoff backoff = new ConnectBackoff(1);
    backoff.connected();
    assertThat(backoff.failed(later())).isFalse();
    assertThat(backoff.failed(later())).isFalse();
  }

  @Test
  void oneConnectionOfUseEndsTheRow() {
    ConnectBackoff backoff = new ConnectBackoff(2);
    backoff.failed(later());
    backoff.worked();
    assertThat(backoff.waitNanos()).isZero();
    assertThat(backoff.failed(later())).isFalse();
    assertThat(backoff.failed(later())).isTrue();
  }

  @Test
  void neverWaitsLongerThanFiveSeconds() {
    ConnectBackoff backoff = new ConnectBackoff(1);
    for (int i = 0; i < 100; i++) {
      backoff.failed(later());
      assertThat(backoff.waitNanos()).isBetween(0L, TimeUnit.SECONDS.toNanos(5));
    }
  }
}
