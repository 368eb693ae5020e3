package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.channel.ChannelOption;
import java.net.UnknownHostException;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;

/** From a host and a port to a session that can take mail: connect, greeting, EHLO. */
public final class SessionConnector {

  private final ClientOptions options;
  private final ServerAddress server;
  private final ServerTraits traits = new ServerTraits();
  private final TcpClient tcp;

  public SessionConnector(ClientOptions options) {
    this.options = options;
    this.server = options.connect().servers().get(0);
    int connectMillis = (int) Math.min(Integer.MAX_VALUE, options.timeouts().connect().toMillis());
    TcpClient plain =
        TcpClient.create(ConnectionProvider.newConnection())
            .host(server.host())
            .port(server.port())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
            .option(ChannelOption.TCP_NODELAY, true);
    this.tcp = options.connect().transport().apply(plain);
  }

  /** A new session each time it is subscribed to. */
  Mono<SmtpSession> connect() {
    return Mono.defer(tcp::connect)
        .onErrorMap(this::explain)
        .flatMap(
            connection -> {
              SmtpSession session = open(connection);
              return greet(session)
                  .then(hello(session))
                  .doOnNext(session::capabilities)
                  .thenReturn(session)
                  .doOnError(error -> session.abort("The handshake failed."))
                  .doOnCancel(() -> session.abort("The client gave up."));
            });
  }

  private SmtpSession open(Connection connection) {
    SmtpSession session = new SmtpSession(connection.channel(), server, options, traits);
    connection.addHandlerLast("smtp", new SmtpChannelHandler(session));
    // Reactor Netty reads on demand of its inbound flux; here the handler reads all the time.
    connection.channel().config().setAutoRead(true);
    return session;
  }

  private Mono<SmtpReply> greet(SmtpSession session) {
    return session
        .exchange(null, Phase.GREETING)
        .doOnNext(
            reply -> {
              if (!reply.isPositive()) {
                throw new SmtpException(server + " takes no mail: " + reply);
              }
            });
  }

  /** EHLO, and HELO for servers that do not know it (RFC 5321 §3.2, §4.1.1.1). */
  private Mono<Capabilities> hello(SmtpSession session) {
    return session
        .exchange(new SmtpCommand.Ehlo(options.connect().helloName()), Phase.COMMAND)
        .flatMap(
            reply -> {
              if (reply.isPositive()) {
                return Mono.just(Capabilities.parse(reply));
              }
              if (reply.code() == 500 || reply.code() == 502 || reply.code() == 504) {
                return session
                    .exchange(new SmtpCommand.Helo(options.connect().helloName()), Phase.COMMAND)
                    .flatMap(
                        helo ->
                            helo.isPositive()
                                ? Mono.just(Capabilities.NONE)
                                : Mono.error(refused("HELO", helo)));
              }
              return Mono.error(refused("EHLO", reply));
            });
  }

  private SmtpException refused(String verb, SmtpReply reply) {
    return new SmtpException(
        server + " refused " + verb + " " + options.connect().helloName() + ": " + reply);
  }

  private Throwable explain(Throwable error) {
    if (error instanceof UnknownHostException) {
      return new SmtpConfigurationException(
          "The name " + server.host() + " does not resolve to an address.", error);
    }
    return new SmtpException("Cannot connect to " + server + ": " + error.getMessage(), error);
  }
}
