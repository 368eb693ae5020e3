package io.github.reactivesmtp.client;

import reactor.core.publisher.Mono;

/** Who we are; a place holder until the mechanisms are merged. */
public final class Credentials {

  private Credentials() {}

  public static Credentials password(String user, String password) {
    return new Credentials();
  }

  public static Credentials bearerToken(String user, Mono<String> token) {
    return new Credentials();
  }

  public static Credentials external() {
    return new Credentials();
  }

  public Credentials only(String... mechanisms) {
    return this;
  }
}
