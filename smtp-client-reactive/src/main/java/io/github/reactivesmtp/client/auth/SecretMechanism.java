package io.github.reactivesmtp.client.auth;

import io.github.reactivesmtp.client.SmtpException;
import reactor.core.publisher.Mono;

/** Proves a user by a password or token. */
final class SecretMechanism implements SaslMechanism {

  /** An exchange on one connection; an error's message is shown. */
  interface Start {
    SaslExchange with(String user, String secret, SaslContext context);
  }

  private final String name;
  private final String user;
  private final Mono<String> secret;
  private final Start start;

  SecretMechanism(String name, String user, Mono<String> secret, Start start) {
    this.name = name;
    this.user = requireText("user name", user);
    this.secret = secret;
    this.start = start;
  }

  @Override
  public String name() {
    return name;
  }

  /** The names of those that bind to the server's certificate end so (RFC 5802 §4). */
  @Override
  public boolean isPossible(SaslContext context) {
    return !name.endsWith("-PLUS") || ScramExchange.canBind(context);
  }

  @Override
  public Mono<SaslExchange> begin(SaslContext context) {
    return secret
        .onErrorMap(error -> !(error instanceof SmtpException), error -> lacking(context, error))
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("No password or token given.")))
        .map(fetched -> start.with(user, requireText("password or token", fetched), context));
  }

  private static SmtpException lacking(SaslContext context, Throwable error) {
    return new SmtpException(
        "Cannot get the password or token for %s:%d: %s"
            .formatted(context.host(), context.port(), error.getMessage()),
        error);
  }

  /**
   * Mechanisms separate their fields by control characters (RFC 4616, RFC 7628), and a line break
   * read along with a password is never part of it.
   */
  private static String requireText(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The " + what + " has a control character, perhaps a line break at its end.");
    }
    return text;
  }

  @Override
  public String toString() {
    return name;
  }
}
