package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import reactor.core.publisher.Mono;

/** EXTERNAL (RFC 4422 Appendix A): the server knows the client already, by its certificate. */
final class ExternalMechanism implements SaslMechanism {

  private final byte[] authorizationIdentity;

  /** Empty to be who the certificate says. */
  ExternalMechanism(String authorizationIdentity) {
    this.authorizationIdentity = authorizationIdentity.getBytes(UTF_8);
  }

  @Override
  public String name() {
    return "EXTERNAL";
  }

  @Override
  public Mono<SaslExchange> begin(SaslContext context) {
    return Mono.just(() -> authorizationIdentity);
  }

  @Override
  public String toString() {
    return name();
  }
}
