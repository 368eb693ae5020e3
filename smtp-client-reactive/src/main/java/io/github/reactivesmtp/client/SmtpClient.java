package io.github.reactivesmtp.client;

import io.github.reactivesmtp.client.internal.ClientOptions;
import io.github.reactivesmtp.client.internal.ConnectOptions;
import io.github.reactivesmtp.client.internal.EnvelopeDispatcher;
import io.github.reactivesmtp.client.internal.HelloName;
import io.github.reactivesmtp.client.internal.ParameterRules;
import io.github.reactivesmtp.client.internal.ServerAddress;
import io.github.reactivesmtp.client.internal.SessionConnector;
import io.github.reactivesmtp.client.internal.SingleCommands;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
 * signalled only for what is wrong with every envelope: TLS is not to be had ({@link
 * SmtpTlsException}), the credentials are refused ({@link SmtpAuthenticationException}), the
 * server's name does not resolve, the client is disposed or holds as many envelopes as it may.
 *
 * <p>Thread-safe. A client owns its connections: make one for a server, share it, and end it with
 * {@link #disposeLater()}. Results are signalled on event loops and on Reactor's parallel
 * scheduler, neither of which may be blocked.
 */
public final class SmtpClient {

  private static final Duration GRACE = Duration.ofSeconds(30);

  private final EnvelopeDispatcher dispatcher;
  private final SingleCommands commands;

  private SmtpClient(ClientOptions options) {
    SessionConnector connector = new SessionConnector(options);
    this.dispatcher = new EnvelopeDispatcher(options, connector);
    this.commands = new SingleCommands(connector, dispatcher::isDisposed);
  }

  /**
   * A builder for a client of one server.
   *
   * @param host name or address
   * @param port 25 for relaying, 587 or, with {@link TlsMode#IMPLICIT}, 465 for submission (RFC
   *     6409, RFC 8314)
   */
  public static Builder builder(String host, int port) {
    return new Builder(ServerAddress.tcp(host, port));
  }

  /**
   * A builder for a client of a server on this host that listens on a Unix domain socket, usually
   * with {@link Builder#lmtp}. It is not encrypted unless {@link Builder#tls(TlsMode)} says so.
   */
  public static Builder builder(Path unixDomainSocket) {
    return new Builder(ServerAddress.unix(unixDomainSocket)).tls(TlsMode.NONE);
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
   * <p>An error of {@code envelopes}, or what is wrong with every envelope, ends the intake, and is
   * signalled after the results of what is under way. What has no result then was not sent.
   */
  public Flux<SendResult> sendAll(Publisher<Envelope> envelopes) {
    return dispatcher.sendAll(envelopes);
  }

  /**
   * NOOP (RFC 5321 §4.1.1.9): whether a connection comes about, TLS and authentication included.
   *
   * <p>This and the other single commands use a connection of their own and close it after the
   * reply. A refusal is a reply; errors are those of connecting.
   */
  public Mono<SmtpReply> noop() {
    return commands.say(SmtpCommand.NOOP);
  }

  /** VRFY (RFC 5321 §3.5.1): whether there is such a user; most servers do not tell. */
  public Mono<SmtpReply> vrfy(String user) {
    return commands.ask(SmtpCommand.Vrfy::new, user);
  }

  /** EXPN (RFC 5321 §3.5.2): who is on a list. An error if the server does not offer it. */
  public Mono<SmtpReply> expn(String list) {
    return commands.ask(SmtpCommand.Expn::new, list, Extension.EXPN);
  }

  /** HELP (RFC 5321 §4.1.1.8), about a verb or, with null, about all. */
  public Mono<SmtpReply> help(@Nullable String verb) {
    return commands.say(new SmtpCommand.Help(verb));
  }

  /**
   * ETRN (RFC 1985): asks the server to send what waits for a host now. An error if the server does
   * not offer it.
   *
   * @param node the host, with {@code @} before it for its subdomains too
   */
  public Mono<SmtpReply> etrn(String node) {
    return commands.say(new SmtpCommand.Etrn(node), Extension.ETRN);
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

    private final List<ServerAddress> servers = new ArrayList<>();
    private boolean lmtp;
    private TlsMode tlsMode = TlsMode.REQUIRED;
    private TlsOptions tls = TlsOptions.DEFAULT;
    private @Nullable Credentials credentials;
    private boolean cleartextAuth;
    private List<InetAddress> sources = List.of();
    private SmtpObserver observer = event -> {};
    private @Nullable String helloName;
    private Pipelining pipelining = Pipelining.GROUPED;
    private StreamingWindow streamingWindow = StreamingWindow.DEFAULT;
    private boolean chunking = true;
    private boolean allOrNothing;
    private boolean allowEightBit;
    private final Set<Extension> preferred = EnumSet.noneOf(Extension.class);
    private BareNewlines bareNewlines = BareNewlines.NORMALISE;
    private int maxAttempts = 3;
    private @Nullable RetryPolicy retryDeferred;
    private RateLimit rateLimit = RateLimit.NONE;
    private PoolOptions pool = PoolOptions.DEFAULT;
    private SmtpTimeouts timeouts = SmtpTimeouts.DEFAULT;
    private UnaryOperator<TcpClient> transport = UnaryOperator.identity();

    private Builder(ServerAddress server) {
      servers.add(server);
    }

    /**
     * Adds a server that takes the same mail, tried when those before it cannot be reached or say
     * 421. Credentials and certificates must fit them all.
     */
    public Builder failover(String host, int port) {
      servers.add(ServerAddress.tcp(host, port));
      return this;
    }

    /** Speaks LMTP (RFC 2033): each recipient has its own reply to the content. */
    public Builder lmtp() {
      lmtp = true;
      return this;
    }

    /** Whether and how to encrypt; {@link TlsMode#REQUIRED} by default. */
    public Builder tls(TlsMode mode) {
      tlsMode = mode;
      return this;
    }

    /** Changes whom to trust and what to show: {@code tls(t -> t.trust(Path.of("ca.pem")))}. */
    public Builder tls(UnaryOperator<TlsOptions> change) {
      tls = change.apply(tls);
      return this;
    }

    /** Authenticates each connection (RFC 4954). */
    public Builder credentials(Credentials whoWeAre) {
      credentials = whoWeAre;
      return this;
    }

    /**
     * Allows credentials to be sent over a connection that is not encrypted, or whose server's
     * certificate is not good. Who listens can then read or guess them.
     */
    public Builder allowCleartextAuth() {
      cleartextAuth = true;
      return this;
    }

    /** Connects from these local addresses, in turn. */
    public Builder sourceAddresses(InetAddress... addresses) {
      sources = List.of(addresses);
      return this;
    }

    /** Hears what happens to connections. */
    public Builder observer(SmtpObserver listener) {
      observer = listener;
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

    /**
     * Changes how much {@link Pipelining#STREAMING} may have under way on a connection: {@code
     * streamingWindow(w -> w.transactions(1000))}.
     */
    public Builder streamingWindow(UnaryOperator<StreamingWindow> change) {
      streamingWindow = change.apply(streamingWindow);
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

    /**
     * Lets envelopes that ask for one of these extensions go without it to a server that does not
     * offer it. By default such an envelope is not sent.
     *
     * @throws IllegalArgumentException for an extension without which the message would not be what
     *     was asked for; {@code DSN}, {@code DELIVERBY} (but not where late messages are to be
     *     returned), {@code MT_PRIORITY} and {@code AUTH} (the parameter of MAIL) can be done
     *     without
     */
    public Builder preferExtension(Extension... extensions) {
      for (Extension extension : extensions) {
        preferred.add(ParameterRules.requireDispensable(extension));
      }
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

    /**
     * Sends again to recipients that were {@link Outcome#DEFERRED}, while the client lives; off by
     * default. {@link SmtpClient#disposeLater()} does not wait for them: they end as DEFERRED.
     */
    public Builder retryDeferred(RetryPolicy policy) {
      retryDeferred = policy;
      return this;
    }

    /** Changes the rate limits: {@code rateLimit(r -> r.messagesPerSecond(50))}. */
    public Builder rateLimit(UnaryOperator<RateLimit> change) {
      rateLimit = change.apply(rateLimit);
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

    /**
     * Changes how TCP connections are made: {@code transport(tcp -> tcp.wiretap(true))}.
     * Connections take its event loops in turn, whoever asks for them, and buffers come from
     * Netty's pooled allocator (4 MiB of direct memory an event loop, to begin with) unless it sets
     * another.
     */
    public Builder transport(UnaryOperator<TcpClient> change) {
      transport = change;
      return this;
    }

    /**
     * The client. No connection is made before the first envelope.
     *
     * @throws IllegalArgumentException if the options of TLS cannot be used, such as for a protocol
     *     there is not
     * @throws IllegalStateException if credentials would be sent in clear text and {@link
     *     #allowCleartextAuth} was not called
     */
    public SmtpClient build() {
      boolean local = servers.stream().allMatch(ServerAddress::isUnix);
      if (credentials != null && tlsMode == TlsMode.NONE && !cleartextAuth && !local) {
        throw new IllegalStateException(
            "Credentials would cross the network in clear text: use another TlsMode than NONE, or"
                + " call allowCleartextAuth().");
      }
      ConnectOptions connect =
          new ConnectOptions(
              servers,
              lmtp,
              helloName == null ? HelloName.ofThisHost() : helloName,
              tlsMode,
              tls,
              credentials,
              cleartextAuth,
              sources,
              observer,
              transport);
      return new SmtpClient(
          new ClientOptions(
              connect,
              pipelining,
              streamingWindow,
              chunking,
              allOrNothing,
              allowEightBit,
              preferred,
              bareNewlines,
              maxAttempts,
              retryDeferred,
              rateLimit,
              pool,
              timeouts));
    }
  }
}
