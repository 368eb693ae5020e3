package io.github.reactivesmtp.client;

import io.github.reactivesmtp.client.auth.SaslMechanism;
import io.github.reactivesmtp.client.auth.SaslMechanisms;
import io.github.reactivesmtp.codec.SmtpCommand;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * What a client authenticates with (RFC 4954): mechanisms, the strongest first. The first that the
 * server offers is used; if the server refuses it, no weaker one is tried. Immutable.
 *
 * <p>Passwords and tokens from a {@code Mono} are asked for once for each new connection, on its
 * event loop: a source that blocks has to move itself elsewhere with {@code subscribeOn}. Users,
 * passwords and tokens are not empty and have no control characters.
 */
public final class Credentials {

  private final List<SaslMechanism> mechanisms;

  private Credentials(List<SaslMechanism> mechanisms) {
    this.mechanisms = mechanisms;
  }

  /**
   * For SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS, SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN.
   */
  public static Credentials password(String user, String password) {
    return password(user, Mono.just(password));
  }

  /** Likewise, with a password that may change between connections. */
  public static Credentials password(String user, Mono<String> password) {
    return new Credentials(SaslMechanisms.password(user, password));
  }

  /** For OAUTHBEARER and XOAUTH2: an access token, asked for anew as it expires. */
  public static Credentials bearerToken(String user, Mono<String> token) {
    return new Credentials(SaslMechanisms.bearerToken(user, token));
  }

  /** For EXTERNAL, as whoever the client's certificate says. */
  public static Credentials external() {
    return external("");
  }

  /** For EXTERNAL, on behalf of the given identity. */
  public static Credentials external(String authorizationIdentity) {
    return of(SaslMechanisms.external(authorizationIdentity));
  }

  /**
   * With mechanisms of one's own.
   *
   * @throws IllegalArgumentException if there is none, or a name is not one of SASL
   */
  public static Credentials of(SaslMechanism... strongestFirst) {
    if (strongestFirst.length == 0) {
      throw new IllegalArgumentException("credentials without a mechanism");
    }
    for (SaslMechanism mechanism : strongestFirst) {
      // Refuses a name that could not be said.
      new SmtpCommand.Auth(mechanism.name(), null);
    }
    return new Credentials(List.of(strongestFirst));
  }

  /**
   * The same for these mechanisms only, in the order they have here.
   *
   * @param mechanismNames in any case
   * @throws IllegalArgumentException if none is named, or one that is not among these
   */
  public Credentials only(String... mechanismNames) {
    Set<String> names =
        Arrays.stream(mechanismNames)
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(HashSet::new));
    List<SaslMechanism> chosen =
        mechanisms.stream().filter(mechanism -> names.contains(mechanism.name())).toList();
    chosen.forEach(mechanism -> names.remove(mechanism.name()));
    if (chosen.isEmpty() || !names.isEmpty()) {
      throw new IllegalArgumentException(
          "no mechanism " + String.join(", ", names) + " here, only " + this);
    }
    return new Credentials(chosen);
  }

  /** At least one, the strongest first. */
  public List<SaslMechanism> mechanisms() {
    return mechanisms;
  }

  /** The names of the mechanisms; neither a user nor a secret. */
  @Override
  public String toString() {
    return mechanisms.stream().map(SaslMechanism::name).collect(Collectors.joining(", "));
  }
}
