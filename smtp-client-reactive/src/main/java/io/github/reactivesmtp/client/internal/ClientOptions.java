package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.PoolOptions;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.codec.BareNewlines;
import java.util.function.UnaryOperator;
import reactor.netty.tcp.TcpClient;

/** All that the builder of a client was told. */
public record ClientOptions(
    String host,
    int port,
    String helloName,
    Pipelining pipelining,
    boolean chunking,
    boolean allOrNothing,
    boolean allowEightBit,
    BareNewlines bareNewlines,
    int maxAttempts,
    PoolOptions pool,
    SmtpTimeouts timeouts,
    UnaryOperator<TcpClient> transport) {

  /** For messages. */
  String server() {
    return host + ":" + port;
  }
}
