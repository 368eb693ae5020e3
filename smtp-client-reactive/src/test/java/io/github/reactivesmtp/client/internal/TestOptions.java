package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.RateLimit;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Extension;
import java.util.List;
import java.util.Set;

/** What a client is told; each test changes what it is about. */
final class TestOptions {

  static final ServerAddress SERVER = ServerAddress.tcp("mx.example", 25);

  boolean lmtp;
  Pipelining pipelining = Pipelining.GROUPED;
  boolean chunking = true;
  boolean allOrNothing;
  boolean allowEightBit;
  Set<Extension> preferred = Set.of();
  BareNewlines bareNewlines = BareNewlines.NORMALISE;
  RateLimit rateLimit = RateLimit.NONE;
  PoolOptions pool = PoolOptions.DEFAULT;

  ClientOptions build() {
    ConnectOptions connect =
        new ConnectOptions(
            List.of(SERVER),
            lmtp,
            "me.example",
            TlsMode.NONE,
            TlsOptions.DEFAULT,
            null,
            false,
            List.of(),
            event -> {},
            tcp -> tcp);
    return new ClientOptions(
        connect,
        pipelining,
        chunking,
        allOrNothing,
        allowEightBit,
        preferred,
        bareNewlines,
        3,
        null,
        rateLimit,
        pool,
        SmtpTimeouts.DEFAULT);
  }
}
