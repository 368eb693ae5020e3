package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** CRAM-MD5 (RFC 2195). */
final class CramMd5Exchange implements SaslExchange {

  private static final String HMAC = "HmacMD5";

  private final String user;
  private final String password;
  private boolean answered;

  CramMd5Exchange(String user, String password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public byte @Nullable [] initialResponse() {
    return null;
  }

  @Override
  public Mono<byte[]> respond(byte[] challenge) {
    if (answered) {
      return SaslExchange.super.respond(challenge);
    }
    answered = true;
    return Mono.fromCallable(() -> (user + " " + digest(challenge)).getBytes(UTF_8));
  }

  private String digest(byte[] challenge) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(password.getBytes(UTF_8), HMAC));
    return HexFormat.of().formatHex(mac.doFinal(challenge));
  }
}
