package io.github.reactivesmtp.client.internal;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * Where a server is.
 *
 * @param host name or address, also for the certificate; {@code localhost} for a Unix domain socket
 * @param port 0 for a Unix domain socket
 */
public record ServerAddress(SocketAddress socket, String host, int port) {

  /** A TCP port. */
  public static ServerAddress tcp(String host, int port) {
    if (host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("No server address: " + host + ":" + port);
    }
    return new ServerAddress(InetSocketAddress.createUnresolved(host, port), host, port);
  }

  /** A Unix domain socket. */
  public static ServerAddress unix(Path path) {
    return new ServerAddress(UnixDomainSocketAddress.of(path), "localhost", 0);
  }

  /** Whether nobody outside this host is on the way. */
  public boolean isUnix() {
    return socket instanceof UnixDomainSocketAddress;
  }

  /** For messages: {@code host:port}, or the path. */
  @Override
  public String toString() {
    if (isUnix()) {
      return socket.toString();
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
