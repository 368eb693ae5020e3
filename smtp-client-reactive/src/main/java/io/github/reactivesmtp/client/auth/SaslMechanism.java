package io.github.reactivesmtp.client.auth;

import reactor.core.publisher.Mono;

/**
 * A way to authenticate (RFC 4422), with what it takes to do so: a user and a password, a token.
 * Used by many connections at a time, so immutable.
 */
public interface SaslMechanism {

  /** As servers offer it in their answer to EHLO: upper case, 1 to 20 characters. */
  String name();

  /** Whether it can be used on that connection: those that bind to TLS need TLS. */
  default boolean isPossible(SaslContext context) {
    return true;
  }

  /**
   * Begins on a connection, once for each that is new: here a password or token is fetched, without
   * blocking. Signals one exchange. An error ends the attempt to connect before anything of the
   * exchange was said: an {@link io.github.reactivesmtp.client.SmtpException} is passed on as it
   * is, and may be tried again; anything else becomes the cause of an {@link
   * io.github.reactivesmtp.client.SmtpAuthenticationException}, and its message is shown.
   */
  Mono<SaslExchange> begin(SaslContext context);
}
