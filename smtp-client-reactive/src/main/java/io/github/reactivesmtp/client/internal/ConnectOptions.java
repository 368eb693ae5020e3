package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpObserver;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.tcp.TcpClient;

/**
 * From where, to where and how to connect.
 *
 * @param servers at least one, the preferred first
 * @param lmtp whether to speak LMTP (RFC 2033)
 * @param cleartextAuth whether credentials may be sent where others can read them
 * @param sources local addresses to connect from, in turn; empty for whichever the system takes
 */
public record ConnectOptions(
    List<ServerAddress> servers,
    boolean lmtp,
    String helloName,
    TlsMode tlsMode,
    TlsOptions tls,
    @Nullable Credentials credentials,
    boolean cleartextAuth,
    List<InetAddress> sources,
    SmtpObserver observer,
    UnaryOperator<TcpClient> transport) {

  public ConnectOptions {
    servers = List.copyOf(servers);
    sources = List.copyOf(sources);
  }
}
