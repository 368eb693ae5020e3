package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Extension;
import java.util.Set;

/**
 * All that the builder of a client was told.
 *
 * @param preferred extensions that an envelope may ask for and go without
 */
public record ClientOptions(
    ConnectOptions connect,
    Pipelining pipelining,
    boolean chunking,
    boolean allOrNothing,
    boolean allowEightBit,
    Set<Extension> preferred,
    BareNewlines bareNewlines,
    int maxAttempts,
    PoolOptions pool,
    SmtpTimeouts timeouts) {

  public ClientOptions {
    preferred = Set.copyOf(preferred);
  }
}
