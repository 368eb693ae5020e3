package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Options that cannot be are refused when they are given, not when they are needed. */
class OptionsTest {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Arguments option(String name, Supplier<?> given) {
    return Arguments.of(name, given);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        option("maxConnections", () -> PoolOptions.DEFAULT.maxConnections(0)),
        option("maxPending", () -> PoolOptions.DEFAULT.maxPending(0)),
        option("maxMessagesPerConnection", () -> PoolOptions.DEFAULT.maxMessagesPerConnection(0)),
        option("maxIdleTime", () -> PoolOptions.DEFAULT.maxIdleTime(Duration.ZERO)),
        option("maxLifeTime", () -> PoolOptions.DEFAULT.maxLifeTime(FOREVER)),
        option(
            "pendingAcquireTimeout",
            () -> PoolOptions.DEFAULT.pendingAcquireTimeout(Duration.ZERO)),
        option("pendingAcquireTimeout", () -> PoolOptions.DEFAULT.pendingAcquireTimeout(FOREVER)),
        option("command", () -> SmtpTimeouts.DEFAULT.command(FOREVER)),
        option("dataTermination", () -> SmtpTimeouts.DEFAULT.dataTermination(MINUTE.negated())),
        option("messagesPerSecond", () -> RateLimit.NONE.messagesPerSecond(0)),
        option("messagesPerSecond", () -> RateLimit.NONE.messagesPerSecond(Double.NaN)),
        option(
            "messagesPerSecondPerConnection",
            () -> RateLimit.NONE.messagesPerSecondPerConnection(-1)),
        option("minBackoff", () -> RetryPolicy.DEFAULT.minBackoff(Duration.ZERO)),
        option("maxBackoff", () -> RetryPolicy.DEFAULT.maxBackoff(Duration.ofSeconds(59))),
        option("maxBackoff", () -> RetryPolicy.DEFAULT.maxBackoff(FOREVER)),
        option("jitter", () -> RetryPolicy.DEFAULT.jitter(1.1)),
        option("jitter", () -> RetryPolicy.DEFAULT.jitter(Double.NaN)),
        option("maxAge", () -> RetryPolicy.DEFAULT.maxAge(Duration.ZERO)),
        option("maxWaiting", () -> RetryPolicy.DEFAULT.maxWaiting(0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void areRefusedByName(String name, Supplier<?> given) {
    assertThatIllegalArgumentException().isThrownBy(given::get).withMessageContaining(name);
  }

  @Test
  void eachChangeKeepsTheOthers() {
    assertThat(
            PoolOptions.DEFAULT
                .maxConnections(1)
                .maxIdleTime(MINUTE)
                .maxLifeTime(MINUTE)
                .maxMessagesPerConnection(2)
                .maxPending(3)
                .pendingAcquireTimeout(MINUTE))
        .isEqualTo(new PoolOptions(1, MINUTE, MINUTE, 2, 3, MINUTE));
    assertThat(
            RetryPolicy.DEFAULT
                .maxBackoff(MINUTE)
                .minBackoff(MINUTE)
                .jitter(0)
                .maxAge(MINUTE)
                .maxWaiting(1))
        .isEqualTo(new RetryPolicy(MINUTE, MINUTE, 0, MINUTE, 1));
    assertThat(RateLimit.NONE.messagesPerSecond(1).messagesPerSecondPerConnection(2))
        .isEqualTo(new RateLimit(1, 2));
  }
}
