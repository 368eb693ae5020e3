package io.github.reactivesmtp.interop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** OAuth 2.0 access tokens as {@link DovecotServer} takes them: JWTs signed with HS256. */
public final class AccessTokens {

  /** What Dovecot keeps as the key, Base64. */
  static final String KEY = base64("the key that the tokens of the tests are signed with");

  private static final String OTHER_KEY = base64("a key that Dovecot has never been told about!");
  private static final Duration LIFE = Duration.ofHours(1);

  private AccessTokens() {}

  public static String valid(String user) {
    return token(user, Instant.now(), KEY);
  }

  /** Valid until an hour ago. */
  public static String expired(String user) {
    return token(user, Instant.now().minus(LIFE.multipliedBy(2)), KEY);
  }

  /** Signed by someone else. */
  public static String forged(String user) {
    return token(user, Instant.now(), OTHER_KEY);
  }

  private static String token(String user, Instant issued, String key) {
    String claims =
        "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(user, issued.getEpochSecond(), issued.plus(LIFE).getEpochSecond());
    String signed = url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + url(claims);
    return signed + "." + url(hmac(key, signed));
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String url(String text) {
    return url(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
