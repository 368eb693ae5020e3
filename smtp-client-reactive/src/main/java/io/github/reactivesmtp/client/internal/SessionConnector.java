package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.TlsMode;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpClientConfig;
import reactor.netty.tcp.TcpResources;

/** Makes sessions: connects to the first server that can be had, and shakes hands with it. */
public final class SessionConnector {

  /** A server, and what was learnt of it. */
  private record Relay(ServerAddress address, ServerTraits traits, TcpClient tcp) {}

  private static final String CLOSED = "The client was disposed before the server could take mail.";

  private final ClientOptions options;
  private final ConnectOptions connect;
  private final TlsUpgrade tls;
  private final List<Relay> relays = new ArrayList<>();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicInteger nextSource = new AtomicInteger();
  private final Set<SmtpSession> shakingHands = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public SessionConnector(ClientOptions options) {
    this.options = options;
    this.connect = options.connect();
    this.tls = new TlsUpgrade(connect.tls(), connect.tlsMode(), options.timeouts().connect());
    for (ServerAddress server : connect.servers()) {
      relays.add(new Relay(server, new ServerTraits(), transport(server)));
    }
  }

  private TcpClient transport(ServerAddress server) {
    int connectMillis = (int) Math.min(Integer.MAX_VALUE, options.timeouts().connect().toMillis());
    TcpClient tcp =
        TcpClient.create(ConnectionProvider.newConnection())
            .remoteAddress(server::socket)
            // For buffers of a batch's size Netty 4.2's default makes, and clears, chunks anew.
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis);
    if (server.isUnix()) {
      // Netty's native transports want an address class of their own; the JDK's is everywhere.
      tcp = tcp.runOn(TcpResources.get(), false);
    } else {
      tcp = tcp.option(ChannelOption.TCP_NODELAY, true);
      if (!connect.sources().isEmpty()) {
        tcp = tcp.bindAddress(() -> new InetSocketAddress(source(), 0));
      }
    }
    TcpClient chosen = connect.transport().apply(tcp);
    TcpClientConfig config = chosen.configuration();
    return chosen.runOn(new SpreadLoops(config.loopResources()), config.isPreferNative());
  }

  private InetAddress source() {
    List<InetAddress> sources = connect.sources();
    return sources.get(Math.floorMod(nextSource.getAndIncrement(), sources.size()));
  }

  /**
   * A new session each time it is subscribed to. What is wrong with one server is told only if all
   * others failed, too; but wrong credentials or a certificate that is not good end it at once: a
   * server that takes the same mail would meet the same.
   */
  Mono<SmtpSession> connect() {
    return Mono.defer(
        () -> {
          List<Relay> order = new ArrayList<>(relays);
          order.sort(Comparator.comparing(relay -> relay.traits().isAvoided()));
          return connect(order.get(0), order.subList(1, order.size()));
        });
  }

  private Mono<SmtpSession> connect(Relay relay, List<Relay> others) {
    Mono<SmtpSession> session = connect(relay);
    if (others.isEmpty()) {
      return session;
    }
    return session.onErrorResume(
        SessionConnector::mayBeBetterElsewhere,
        error ->
            connect(others.get(0), others.subList(1, others.size()))
                .onErrorMap(later -> both(error, later)));
  }

  /** The later one, unless it is a name that does not resolve and the first may still come up. */
  private static Throwable both(Throwable first, Throwable later) {
    boolean hope =
        later instanceof SmtpConfigurationException
            && isUnknownHost(later)
            && !(first instanceof SmtpConfigurationException);
    Throwable told = hope ? first : later;
    if (first != later) { // the user's sources may signal the same one always
      told.addSuppressed(hope ? later : first);
    }
    return told;
  }

  /** Ends every handshake, and those that would begin now. */
  void close() {
    closed = true;
    shakingHands.forEach(session -> session.abort(CLOSED));
  }

  private static boolean mayBeBetterElsewhere(Throwable error) {
    return !(error instanceof SmtpConfigurationException) || isUnknownHost(error);
  }

  private static boolean isUnknownHost(Throwable error) {
    return error.getCause() instanceof UnknownHostException;
  }

  private Mono<SmtpSession> connect(Relay relay) {
    return connect(relay, connect.tlsMode()).doOnError(error -> relay.traits().unavailable());
  }

  private Mono<SmtpSession> connect(Relay relay, TlsMode mode) {
    return Mono.defer(
        () -> {
          if (closed) {
            return Mono.error(new SmtpException(CLOSED));
          }
          ConnectionEvent.Id id =
              new ConnectionEvent.Id(connections.incrementAndGet(), relay.address().toString());
          Announcer announcer = new Announcer(connect.observer(), id);
          return relay
              .tcp()
              .connect()
              .cast(Connection.class)
              .onErrorMap(error -> explain(error, relay))
              .doOnError(error -> announcer.tell(failed -> new ConnectionEvent.Failed(id, error)))
              .flatMap(connection -> shakeHands(connection, relay, mode, announcer));
        });
  }

  private Mono<SmtpSession> shakeHands(
      Connection connection, Relay relay, TlsMode mode, Announcer announcer) {
    SmtpSession session = open(connection, relay);
    announcer.tell(
        id ->
            new ConnectionEvent.Connected(
                id, session.channel().localAddress(), session.channel().remoteAddress()));
    Handshake handshake = new Handshake(session, options, mode, tls, announcer);
    shakingHands.add(session);
    if (closed) {
      session.abort(CLOSED);
    }
    return handshake
        .run()
        .doFinally(signal -> shakingHands.remove(session))
        .doOnError(
            error -> {
              session.abort("The handshake failed.");
              announcer.tell(id -> new ConnectionEvent.Failed(id, error));
            })
        .doOnCancel(() -> session.abort("The client gave up."))
        .onErrorResume(handshake::mayBeTriedInClear, error -> connect(relay, TlsMode.NONE));
  }

  private SmtpSession open(Connection connection, Relay relay) {
    SmtpSession session =
        new SmtpSession(connection.channel(), relay.address(), options, relay.traits());
    connection.addHandlerLast("smtp", new SmtpChannelHandler(session));
    // Reactor Netty reads on demand of its inbound flux; here the handler reads all the time.
    connection.channel().config().setAutoRead(true);
    return session;
  }

  private static SmtpException explain(Throwable error, Relay relay) {
    ServerAddress server = relay.address();
    if (error instanceof UnknownHostException && isDefinite(error)) {
      return new SmtpConfigurationException(
          "The name " + server.host() + " does not resolve to an address.", error);
    }
    String way = relay.tcp().configuration().hasProxy() ? " through the proxy" : "";
    return new SmtpException("Cannot connect to " + server + way + ": " + OneLine.of(error), error);
  }

  /** Whether it is known that there is no such name: not where a name server did not answer. */
  private static boolean isDefinite(Throwable unknownHost) {
    for (Throwable t = unknownHost; t != null; t = t.getCause()) {
      if (t instanceof DnsNameResolverTimeoutException
          || (t instanceof DnsErrorCauseException answer
              && !answer.getCode().equals(DnsResponseCode.NXDOMAIN))) {
        return false;
      }
    }
    return true;
  }
}
