package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.RateLimit;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.StreamingWindow;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Extension;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client is told; each test changes what it is about. */
final class TestOptions {

  static final ServerAddress SERVER = ServerAddress.tcp("mx.example", 25);

  ServerAddress server = SERVER;
  boolean lmtp;
  TlsMode tlsMode = TlsMode.NONE;
  @Nullable Credentials credentials;
  boolean cleartextAuth;
  Pipelining pipelining = Pipelining.GROUPED;
  StreamingWindow streamingWindow = StreamingWindow.DEFAULT;
  boolean chunking = true;
  boolean allOrNothing;
  boolean allowEightBit;
  Set<Extension> preferred = Set.of();
  BareNewlines bareNewlines = BareNewlines.NORMALISE;
  RateLimit rateLimit = RateLimit.NONE;
  PoolOptions pool = PoolOptions.DEFAULT;
  SmtpTimeouts timeouts = SmtpTimeouts.DEFAULT;

  TestOptions to(ServerAddress address) {
    server = address;
    return this;
  }

  ClientOptions build() {
    ConnectOptions connect =
        new ConnectOptions(
            List.of(server),
            lmtp,
            "me.example",
            tlsMode,
            TlsOptions.DEFAULT,
            credentials,
            cleartextAuth,
            List.of(),
            event -> {},
            tcp -> tcp);
    return new ClientOptions(
        connect,
        pipelining,
        streamingWindow,
        chunking,
        allOrNothing,
        allowEightBit,
        preferred,
        bareNewlines,
        3,
        null,
        rateLimit,
        pool,
        timeouts);
  }
}
