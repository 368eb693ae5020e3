package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpReply;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A step in the life of a connection, told to an {@link SmtpObserver}. */
public sealed interface ConnectionEvent {

  /** Which connection. */
  Id connection();

  /**
   * A connection of a client.
   *
   * @param number from 1
   * @param server host and port, or the path of the socket
   */
  record Id(long number, String server) {

    @Override
    public String toString() {
      return "connection " + number + " to " + server;
    }
  }

  /** The TCP connection stands; to the proxy, if there is one. */
  record Connected(Id connection, @Nullable SocketAddress local, @Nullable SocketAddress remote)
      implements ConnectionEvent {}

  /** The server's greeting. */
  record Greeted(Id connection, SmtpReply greeting) implements ConnectionEvent {}

  /**
   * What the server offered in its answer to EHLO or LHLO: at the beginning, once more after
   * STARTTLS and once more after authentication.
   */
  record Offered(Id connection, Capabilities capabilities, boolean encrypted)
      implements ConnectionEvent {}

  /** TLS stands. */
  record Secured(Id connection, TlsDetails tls) implements ConnectionEvent {}

  /** The server believes who we are. */
  record Authenticated(Id connection, String mechanism) implements ConnectionEvent {}

  /** The connection can take mail. */
  record Ready(Id connection) implements ConnectionEvent {}

  /** The connection did not come about. */
  record Failed(Id connection, Throwable cause) implements ConnectionEvent {}

  /** A connection that was {@link Ready} has ended; {@code cause} says how. */
  record Closed(Id connection, Throwable cause) implements ConnectionEvent {}
}
