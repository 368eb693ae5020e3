package io.github.reactivesmtp.client.auth;

import java.util.List;
import reactor.core.publisher.Mono;

/** The mechanisms this library has, by what they take, strongest first. */
public final class SaslMechanisms {

  private SaslMechanisms() {}

  /**
   * SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN.
   *
   * @param password asked for once for each new connection; must not block
   * @throws IllegalArgumentException if the user is empty or has control characters
   */
  public static List<SaslMechanism> password(String user, Mono<String> password) {
    return List.of(
        scram("SCRAM-SHA-256-PLUS", user, password),
        scram("SCRAM-SHA-256", user, password),
        scram("SCRAM-SHA-1-PLUS", user, password),
        scram("SCRAM-SHA-1", user, password),
        new SecretMechanism(
            "CRAM-MD5", user, password, (name, secret, on) -> new CramMd5Exchange(name, secret)),
        new SecretMechanism(
            "PLAIN", user, password, (name, secret, on) -> new PlainExchange(name, secret)),
        new SecretMechanism(
            "LOGIN", user, password, (name, secret, on) -> new LoginExchange(name, secret)));
  }

  /**
   * OAUTHBEARER, XOAUTH2.
   *
   * @param token asked for once for each new connection; must not block
   * @throws IllegalArgumentException if the user is empty or has control characters
   */
  public static List<SaslMechanism> bearerToken(String user, Mono<String> token) {
    return List.of(
        new SecretMechanism("OAUTHBEARER", user, token, BearerExchange::oauthBearer),
        new SecretMechanism(
            "XOAUTH2", user, token, (name, secret, on) -> BearerExchange.xoauth2(name, secret)));
  }

  /** EXTERNAL, as the given authorization identity; empty to be who the certificate says. */
  public static SaslMechanism external(String authorizationIdentity) {
    return new ExternalMechanism(authorizationIdentity);
  }

  private static SaslMechanism scram(String mechanism, String user, Mono<String> password) {
    return new SecretMechanism(
        mechanism,
        user,
        password,
        (name, secret, on) ->
            new ScramExchange(ScramExchange.client(mechanism, name, secret, on).build()));
  }
}
