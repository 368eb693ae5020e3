package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CRAM-MD5 (RFC 2195). */
final class CramMd5Mechanism implements ServerMechanism {

  private final Map<String, String> passwords;
  private final String challenge;
  private boolean asked;

  /**
   * @param challenge {@code <…@…>}, never the same twice
   */
  CramMd5Mechanism(Map<String, String> passwords, String challenge) {
    this.passwords = passwords;
    this.challenge = challenge;
  }

  @Override
  public Step next(byte @Nullable [] response) {
    if (!asked) {
      asked = true;
      return response == null ? Challenge.of(challenge) : Refused.INITIAL_RESPONSE;
    }
    String answer = response == null ? "" : new String(response, UTF_8);
    int space = answer.lastIndexOf(' '); // the name may have some, the digest has none
    String user = answer.substring(0, Math.max(space, 0));
    String password = passwords.get(user);
    boolean right = password != null && answer.substring(space + 1).equals(digest(password));
    return right ? new Accepted(user) : Refused.CREDENTIALS;
  }

  private String digest(String password) {
    return HexFormat.of()
        .formatHex(Hmac.of("HmacMD5", password.getBytes(UTF_8), challenge.getBytes(UTF_8)));
  }
}
