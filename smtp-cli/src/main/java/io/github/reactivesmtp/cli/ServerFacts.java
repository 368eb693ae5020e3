package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpObserver;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpReply;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What connecting to a server showed, as far as it went. */
final class ServerFacts implements SmtpObserver {

  private @Nullable String address;
  private @Nullable SmtpReply greeting;
  private @Nullable Capabilities inClear;
  private @Nullable TlsDetails tls;
  private @Nullable Capabilities overTls;
  private @Nullable String mechanism;

  @Override
  public synchronized void onEvent(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Connected connected) {
      address = text(connected.remote());
    } else if (event instanceof ConnectionEvent.Greeted greeted) {
      greeting = greeted.greeting();
    } else if (event instanceof ConnectionEvent.Offered offered && offered.encrypted()) {
      overTls = offered.capabilities();
    } else if (event instanceof ConnectionEvent.Offered offered) {
      inClear = offered.capabilities();
    } else if (event instanceof ConnectionEvent.Secured secured) {
      tls = secured.tls();
    } else if (event instanceof ConnectionEvent.Authenticated authenticated) {
      mechanism = authenticated.mechanism();
    }
  }

  private static @Nullable String text(@Nullable SocketAddress remote) {
    if (remote instanceof InetSocketAddress ip && !ip.isUnresolved()) {
      return ServerAddress.smtp(ip.getAddress().getHostAddress(), ip.getPort()).toString();
    }
    return remote == null ? null : remote.toString();
  }

  /** Where it connected to; null if it did not, or nobody can tell. */
  synchronized @Nullable String address() {
    return address;
  }

  synchronized @Nullable SmtpReply greeting() {
    return greeting;
  }

  /** What the server offered before TLS; null if it was not asked. */
  synchronized @Nullable Capabilities inClear() {
    return inClear;
  }

  /** Null without TLS. */
  synchronized @Nullable TlsDetails tls() {
    return tls;
  }

  /** What the server offered over TLS; null if it was not asked. */
  synchronized @Nullable Capabilities overTls() {
    return overTls;
  }

  /** What the server offers where mail would be sent. */
  synchronized Capabilities offered() {
    return overTls != null ? overTls : inClear != null ? inClear : Capabilities.NONE;
  }

  /** How the server came to believe who we are; null if it did not. */
  synchronized @Nullable String mechanism() {
    return mechanism;
  }
}
