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
    assertThat(backoff.failed(later(), false)).isFalse();
    assertThat(backoff.failed(later(), false)).isFalse();
    assertThat(backoff.failed(later(), false)).isTrue();
    assertThat(backoff.failed(later(), false)).isTrue();
  }

  @Test
  void attemptsSideBySideFailAsOne() {
    long together = System.nanoTime();
    ConnectBackoff backoff = new ConnectBackoff(2);
    assertThat(backoff.failed(together, false)).isFalse();
    assertThat(backoff.failed(together, false)).isFalse();
    assertThat(backoff.failed(together, false)).isFalse();
    assertThat(backoff.failed(later(), false)).isTrue();
  }

  @Test
  void aServerOnceReachedIsNotGivenUp() {
    ConnectBackoff backoff = new ConnectBackoff(1);
    backoff.worked();
    assertThat(backoff.failed(later(), false)).isFalse();
    assertThat(backoff.failed(later(), false)).isFalse();
  }

  @Test
  void norIsOneThatLetAMessageBegin() {
    ConnectBackoff backoff = new ConnectBackoff(1);
    assertThat(backoff.failed(later(), true)).isFalse();
    assertThat(backoff.failed(later(), false)).isFalse();
  }

  @Test
  void oneConnectionOfUseEndsTheRow() {
    ConnectBackoff backoff = new ConnectBackoff(2);
    backoff.failed(later(), false);
    assertThat(backoff.waitNanos()).isPositive();
    backoff.worked();
    assertThat(backoff.waitNanos()).isZero();
  }

  @Test
  void neverWaitsLongerThanFiveSeconds() {
    ConnectBackoff backoff = new ConnectBackoff(1);
    for (int i = 0; i < 100; i++) {
      backoff.failed(later(), false);
      assertThat(backoff.waitNanos()).isBetween(0L, TimeUnit.SECONDS.toNanos(5));
    }
  }
}
