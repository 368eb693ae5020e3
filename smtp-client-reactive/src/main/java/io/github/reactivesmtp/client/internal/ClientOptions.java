package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.RateLimit;
import io.github.reactivesmtp.client.RetryPolicy;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.StreamingWindow;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Extension;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the builder of a client was told.
 *
 * @param preferred extensions that an envelope may ask for and go without
 * @param retryDeferred null for never
 */
public record ClientOptions(
    ConnectOptions connect,
    Pipelining pipelining,
    StreamingWindow streamingWindow,
    boolean chunking,
    boolean allOrNothing,
    boolean allowEightBit,
    Set<Extension> preferred,
    BareNewlines bareNewlines,
    int maxAttempts,
    @Nullable RetryPolicy retryDeferred,
    RateLimit rateLimit,
    PoolOptions pool,
    SmtpTimeouts timeouts) {

  public ClientOptions {
    preferred = Set.copyOf(preferred);
  }
}
