package io.github.reactivesmtp.interop;

import io.github.reactivesmtp.client.Credentials;
import reactor.core.publisher.Mono;

/** The mechanisms that both servers offer, with what {@link DovecotServer#USER} proves by them. */
enum Mechanism {
  PLAIN,
  LOGIN,
  CRAM_MD5,
  SCRAM_SHA_1,
  SCRAM_SHA_256,
  XOAUTH2,
  OAUTHBEARER;

  boolean takesTokens() {
    return this == XOAUTH2 || this == OAUTHBEARER;
  }

  Credentials right() {
    return with(takesTokens() ? AccessTokens.valid(DovecotServer.USER) : DovecotServer.PASSWORD);
  }

  Credentials wrong() {
    return with(takesTokens() ? AccessTokens.forged(DovecotServer.USER) : "wrong");
  }

  Credentials with(String secret) {
    return with(DovecotServer.USER, Mono.just(secret));
  }

  /** Credentials for this mechanism only. */
  Credentials with(String user, Mono<String> secret) {
    Credentials all =
        takesTokens() ? Credentials.bearerToken(user, secret) : Credentials.password(user, secret);
    return all.only(toString());
  }

  /** The name in SASL. */
  @Override
  public String toString() {
    return name().replace('_', '-');
  }
}
