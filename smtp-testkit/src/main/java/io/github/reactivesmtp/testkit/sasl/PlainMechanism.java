package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PLAIN (RFC 4616). Nobody may act for somebody else. */
final class PlainMechanism implements ServerMechanism {

  private final Map<String, String> passwords;

  PlainMechanism(Map<String, String> passwords) {
    this.passwords = passwords;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (response == null) {
      return Challenge.EMPTY;
    }
    String[] parts = new String(response, UTF_8).split("\0", -1);
    if (parts.length != 3) {
      return Refused.CREDENTIALS;
    }
    String actingFor = parts[0];
    String user = parts[1];
    boolean right =
        parts[2].equals(passwords.get(user)) && (actingFor.isEmpty() || actingFor.equals(user));
    return right ? new Accepted(user) : Refused.CREDENTIALS;
  }
}
