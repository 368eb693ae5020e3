package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * LOGIN (draft-murchison-sasl-login). Prompts are in the wording of whoever wrote the server, so
 * only their order counts. The user does not go along with AUTH: not all servers take it there.
 */
final class LoginExchange implements SaslExchange {

  private final Iterator<String> answers;

  LoginExchange(String user, String password) {
    this.answers = List.of(user, password).iterator();
  }

  @Override
  public byte @Nullable [] initialResponse() {
    return null;
  }

  @Override
  public Mono<byte[]> respond(byte[] challenge) {
    return answers.hasNext()
        ? Mono.just(answers.next().getBytes(UTF_8))
        : SaslExchange.super.respond(challenge);
  }
}
