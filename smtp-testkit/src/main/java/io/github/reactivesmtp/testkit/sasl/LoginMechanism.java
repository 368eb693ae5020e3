package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LOGIN, which no RFC describes. An initial response is the user's name. */
final class LoginMechanism implements ServerMechanism {

  static final Challenge USERNAME = Challenge.of("Username:");
  static final Challenge PASSWORD = Challenge.of("Password:");

  private final Map<String, String> passwords;
  private @Nullable String user;

  LoginMechanism(Map<String, String> passwords) {
    this.passwords = passwords;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response == null) {
      return USERNAME;
    }
    String answer = new String(response, UTF_8);
    if (user == null) {
      user = answer;
      return PASSWORD;
    }
    return answer.equals(passwords.get(user)) ? new Accepted(user) : Refused.CREDENTIALS;
  }
}
