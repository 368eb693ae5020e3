package io.github.reactivesmtp.testkit.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a SCRAM exchange has to do with the TLS session it goes over (RFC 5802 §6).
 *
 * @param required whether the client chose a mechanism that ends in -PLUS
 * @param offered whether it could have
 * @param endPoint the data of {@code tls-server-end-point}; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ChannelBinding(boolean required, boolean offered, byte @Nullable [] endPoint) {

  static final ChannelBinding NONE = new ChannelBinding(false, false, null);

  static final String TLS_SERVER_END_POINT = "tls-server-end-point";

  /**
   * The digest of a certificate by the hash it is signed with, or by SHA-256 where that is weaker
   * (RFC 5929 §4.1).
   *
   * @return null for signatures of which RFC 5929 does not tell the hash, as Ed25519
   */
  static byte @Nullable [] tlsServerEndPoint(X509Certificate certificate) {
    String hash =
        switch (certificate.getSigAlgName().toUpperCase(Locale.ROOT).replaceFirst("WITH.*", "")) {
          case "MD5", "SHA1", "SHA256" -> "SHA-256";
          case "SHA384" -> "SHA-384";
          case "SHA512" -> "SHA-512";
          default -> null;
        };
    if (hash == null) {
      return null;
    }
    try {
      return MessageDigest.getInstance(hash).digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What is wrong with the client's idea of channel binding.
   *
   * @param flag n: it can't, y: it can and thinks the server can't, p: it does
   * @param type with p, which one
   * @return an error value of RFC 5802 §7; null if nothing is wrong
   */
  @Nullable String error(String flag, @Nullable String type) {
    if (!flag.equals("p")) {
      // With y somebody took the -PLUS away from what the server offered.
      return required || (flag.equals("y") && offered)
          ? "server-does-support-channel-binding"
          : null;
    }
    if (!required || endPoint == null) {
      return "channel-binding-not-supported";
    }
    return TLS_SERVER_END_POINT.equals(type) ? null : "unsupported-channel-binding-type";
  }
}
