package io.github.reactivesmtp.client.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One run of a mechanism on one connection. Called by one thread at a time. Knows nothing of SMTP
 * or base64; messages of its errors are shown, so they hold no secret.
 */
public interface SaslExchange {

  /** What the client says first, perhaps empty; null where the server speaks first. */
  byte @Nullable [] initialResponse();

  /**
   * The answer to a challenge, perhaps empty. An error cancels the exchange: an {@link
   * io.github.reactivesmtp.client.SmtpException} is passed on as it is, anything else becomes the
   * cause of an {@link io.github.reactivesmtp.client.SmtpAuthenticationException}. By default an
   * error, for mechanisms that have said all with the initial response.
   */
  default Mono<byte[]> respond(byte[] challenge) {
    return Mono.error(
        new IllegalStateException("The server asked for more than this mechanism has to say."));
  }

  /** The server accepted; throws if it has not proven what the mechanism asks of a server. */
  default void accepted() {}

  /**
   * Why the server refuses, if it said so within the exchange; null otherwise. Shown to people in
   * one line, escaped and cut.
   */
  default @Nullable String failure() {
    return null;
  }
}
