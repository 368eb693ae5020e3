package io.github.reactivesmtp.benchmarks.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reactivesmtp.benchmarks.peers.MailText;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** What a sink that has a {@link io.github.reactivesmtp.testkit.ContentDigest} must come to. */
final class ExpectedContent {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private ExpectedContent() {}

  /** The digest of so many messages, each with the same content: a sum is a product then. */
  static String digest(Peer.Content content, int size, long messages) {
    MailText mail = MailText.of(size);
    byte[] octets = content == Peer.Content.TEXT ? mail.text().getBytes(US_ASCII) : mail.octets();
    BigInteger sum =
        new BigInteger(1, sha256(octets)).multiply(BigInteger.valueOf(messages)).mod(MODULUS);
    return String.format(Locale.ROOT, "%064x", sum);
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
