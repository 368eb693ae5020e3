package io.github.reactivesmtp.testkit.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The computations of SCRAM (RFC 5802 §3, RFC 7677). */
enum ScramHash {
  SHA_1("SHA-1", "HmacSHA1", 160),
  SHA_256("SHA-256", "HmacSHA256", 256);

  private final String digest;
  private final String hmac;
  private final int bits;

  ScramHash(String digest, String hmac, int bits) {
    this.digest = digest;
    this.hmac = hmac;
    this.bits = bits;
  }

  byte[] saltedPassword(String password, byte[] salt, int iterations) {
    // NFKC is what SASLprep (RFC 4013) does to letters; the rest of it refuses odd characters.
    char[] prepared = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
    try {
      return SecretKeyFactory.getInstance("PBKDF2With" + hmac)
          .generateSecret(new PBEKeySpec(prepared, salt, iterations, bits))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether only someone who knows the password can have made the proof. */
  boolean proves(byte[] proof, byte[] saltedPassword, String authMessage) {
    byte[] storedKey = hash(hmac(saltedPassword, "Client Key"));
    byte[] signature = hmac(storedKey, authMessage);
    return proof.length == signature.length
        && Arrays.equals(hash(xor(proof, signature)), storedKey);
  }

  byte[] serverSignature(byte[] saltedPassword, String authMessage) {
    return hmac(hmac(saltedPassword, "Server Key"), authMessage);
  }

  private byte[] hmac(byte[] key, String message) {
    return Hmac.of(hmac, key, message.getBytes(UTF_8));
  }

  private byte[] hash(byte[] octets) {
    try {
      return MessageDigest.getInstance(digest).digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] result = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = (byte) (a[i] ^ b[i]);
    }
    return result;
  }
}
