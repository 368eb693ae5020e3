package io.github.reactivesmtp.client;

import io.github.reactivesmtp.client.internal.ClientOptions;
import io.github.reactivesmtp.client.internal.EnvelopeDispatcher;
import io.github.reactivesmtp.client.internal.HelloName;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.SmtpCommand;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpClient;

/**
 * Sends envelopes to one server over pooled connections and tells what became of each.
 *
 * <p>Every envelope gets exactly one {@link SendResult}; a refusal is a result. An error is
 * signalled only for what is wrong with every envelope: the server's name does not resolve, the
 * client is disposed or holds as many envelopes as it may.
 *
 * <p>Thread-safe. A client owns its connections: make one for a server, share it, and end it with
 * {@link #disposeLater()}. Results are signalled on an event loop, which must not be blocked.
 */
public final class SmtpClient {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final EnvelopeDispatcher dispatcher;

  private SmtpClient(ClientOptions options) {
    this.dispatcher = new EnvelopeDispatcher(options);
  }

  /**
   * A builder for a client of one server.
   *
   * @param host name or address
   * @param port 25 for relaying, 587 for submission (RFC 6409)
   */
  public static Builder builder(String host, int port) {
    return new Builder(host, port);
  }

  /**
   * Sends one envelope when subscribed to, each time. Cancelling takes it back if it has not been
   * begun; what has been begun is ended as it would be.
   */
  public Mono<SendResult> send(Envelope envelope) {
    return dispatcher.send(envelope);
  }

  /**
   * Sends envelopes as connections have room for them, and gives results as they come, in no
   * particular order; {@link Envelope#tag()} tells which is which. Envelopes are asked for on
   * demand: memory is bounded however many there are.
   *
   * <p>An error of {@code envelopes} ends the results after those of the envelopes already taken.
   */
  public Flux<SendResult> sendAll(Publisher<Envelope> envelopes) {
    return dispatcher.sendAll(envelopes);
  }

  /** As {@link #disposeLater(Duration)}, with 30 s of grace. */
  public Mono<Void> disposeLater() {
    return disposeLater(GRACE);
  }

  /**
   * Takes no more envelopes, waits for those taken, says QUIT and closes. What is not answered
   * within the grace period ends as {@link Outcome#NOT_SENT} or {@link Outcome#UNKNOWN}.
   */
  public Mono<Void> disposeLater(Duration grace) {
    return dispatcher.disposeLater(grace);
  }

  /** Configures and builds an {@link SmtpClient}. */
  public static final class Builder {

    private final String host;
    private final int port;
    private @Nullable TlsMode tls;
    private @Nullable String helloName;
    private Pipelining pipelining = Pipelining.GROUPED;
    private boolean chunking = true;
    private boolean allOrNothing;
    private boolean allowEightBit;
    private BareNewlines bareNewlines = BareNewlines.NORMALISE;
    private int maxAttempts = 3;
    private PoolOptions pool = PoolOptions.DEFAULT;
    private SmtpTimeouts timeouts = SmtpTimeouts.DEFAULT;
    private UnaryOperator<TcpClient> transport = UnaryOperator.identity();

    private Builder(String host, int port) {
      if (host.isBlank() || port < 1 || port > 65535) {
        throw new IllegalArgumentException("No server address: " + host + ":" + port);
      }
      this.host = host;
      this.port = port;
    }

    /** Whether to encrypt. It must be said, for mail in the clear is nobody's default. */
    public Builder tls(TlsMode mode) {
      tls = mode;
      return this;
    }

    /**
     * The name in EHLO: this host's domain, or an address literal such as {@code [192.0.2.1]} (RFC
     * 5321 §4.1.1.1). By default this host's name.
     *
     * @throws io.github.reactivesmtp.codec.SmtpSyntaxException if it is neither
     */
    public Builder helloName(String name) {
      helloName = new SmtpCommand.Ehlo(name).domain();
      return this;
    }

    /** How much to say before waiting; {@link Pipelining#GROUPED} by default. */
    public Builder pipelining(Pipelining mode) {
      pipelining = mode;
      return this;
    }

    /** Whether to use BDAT where the server offers CHUNKING (RFC 3030); true by default. */
    public Builder chunking(boolean use) {
      chunking = use;
      return this;
    }

    /**
     * Whether to withhold a message from everyone if the server refuses one recipient; false by
     * default: those accepted get it.
     */
    public Builder allOrNothing(boolean use) {
      allOrNothing = use;
      return this;
    }

    /** Whether to send 8-bit content to a server without 8BITMIME (RFC 6152); false by default. */
    public Builder allowEightBit(boolean allow) {
      allowEightBit = allow;
      return this;
    }

    /** What to do with CR or LF that stands alone in content; made CRLF by default. */
    public Builder bareNewlines(BareNewlines policy) {
      bareNewlines = policy;
      return this;
    }

    /** How many times an envelope is begun while it ends as {@link Outcome#NOT_SENT}; 3. */
    public Builder maxAttempts(int attempts) {
      if (attempts < 1) {
        throw new IllegalArgumentException("maxAttempts must be at least 1, not " + attempts);
      }
      maxAttempts = attempts;
      return this;
    }

    /** Changes the pool's bounds: {@code pool(p -> p.maxConnections(16))}. */
    public Builder pool(UnaryOperator<PoolOptions> change) {
      pool = change.apply(pool);
      return this;
    }

    /** Changes the time limits: {@code timeouts(t -> t.connect(ofSeconds(5)))}. */
    public Builder timeouts(UnaryOperator<SmtpTimeouts> change) {
      timeouts = change.apply(timeouts);
      return this;
    }

    /** Changes how TCP connections are made: {@code transport(tcp -> tcp.wiretap(true))}. */
    public Builder transport(UnaryOperator<TcpClient> change) {
      transport = change;
      return this;
    }

    /**
     * The client. No connection is made before the first envelope.
     *
     * @throws IllegalStateException if {@link #tls} was not called
     */
    public SmtpClient build() {
      if (tls == null) {
        throw new IllegalStateException(
            "Say how to encrypt: tls(TlsMode.NONE) for plain SMTP, all that this version speaks.");
      }
      return new SmtpClient(
          new ClientOptions(
              host,
              port,
              helloName == null ? HelloName.ofThisHost() : helloName,
              pipelining,
              chunking,
              allOrNothing,
              allowEightBit,
              bareNewlines,
              maxAttempts,
              pool,
              timeouts,
              transport));
    }
  }
}
