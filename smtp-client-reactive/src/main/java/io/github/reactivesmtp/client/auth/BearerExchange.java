package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * OAUTHBEARER (RFC 7628) and XOAUTH2, which came before it. All is said at once; a challenge is the
 * reason of a refusal, in JSON, and has to be answered before the server refuses.
 */
final class BearerExchange implements SaslExchange {

  private final byte[] message;
  private final byte[] answerToFailure;
  private @Nullable String failure;

  private BearerExchange(String message, String answerToFailure) {
    this.message = message.getBytes(UTF_8);
    this.answerToFailure = answerToFailure.getBytes(UTF_8);
  }

  static BearerExchange oauthBearer(String user, String token, SaslContext context) {
    // RFC 5801 §4: a comma would end the identity.
    String identity = user.replace("=", "=3D").replace(",", "=2C");
    // RFC 7628 §3.1: the port in ASCII digits, whatever the locale's are.
    String message =
        "n,a=%s,\1host=%s\1port=%s\1auth=Bearer %s\1\1"
            .formatted(identity, context.host(), Integer.toString(context.port()), token);
    return new BearerExchange(message, "\1");
  }

  static BearerExchange xoauth2(String user, String token) {
    return new BearerExchange("user=%s\1auth=Bearer %s\1\1".formatted(user, token), "");
  }

  @Override
  public byte[] initialResponse() {
    return message;
  }

  @Override
  public Mono<byte[]> respond(byte[] challenge) {
    if (failure != null) {
      return SaslExchange.super.respond(challenge);
    }
    failure = new String(challenge, UTF_8);
    return Mono.just(answerToFailure);
  }

  @Override
  public @Nullable String failure() {
    return failure;
  }
}
