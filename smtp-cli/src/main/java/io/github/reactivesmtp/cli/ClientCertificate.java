package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;

/** A certificate of our own with its key, from PEM files. */
final class ClientCertificate {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final char[] NO_PASSWORD = {};

  private ClientCertificate() {}

  /**
   * What a TLS handshake needs.
   *
   * @throws CliException if a file cannot be read or does not hold what it should
   */
  static KeyManagerFactory read(Path certificate, Path key) {
    Certificate[] chain = chain(certificate);
    PrivateKey secret = key(key);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", secret, NO_PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      return keys;
    } catch (GeneralSecurityException | IOException e) {
      throw CliException.usage(
          "--client-cert and --client-key cannot be used: " + TextLine.of(e), e);
    }
  }

  private static Certificate[] chain(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw CliException.usage("--client-cert " + file + " holds no PEM certificate");
      }
      return chain;
    } catch (IOException e) {
      throw CliException.usage("--client-cert " + file + ": " + TextLine.reason(e), e);
    } catch (GeneralSecurityException e) {
      throw CliException.usage("--client-cert " + file + " holds no PEM certificate", e);
    }
  }

  private static PrivateKey key(Path file) {
    Matcher pem;
    try {
      pem = PKCS8.matcher(Files.readString(file));
    } catch (IOException e) {
      throw CliException.usage("--client-key " + file + ": " + TextLine.reason(e), e);
    }
    if (pem.find()) {
      for (String algorithm : ALGORITHMS) {
        try {
          byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
          return KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
          // A key of another kind, or none.
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("This JDK knows no " + algorithm + " keys.", e);
        }
      }
    }
    throw CliException.usage(
        "--client-key "
            + file
            + " holds no key that can be used: it must be PEM, begin with \"BEGIN PRIVATE KEY\", and"
            + " not be encrypted; \"openssl pkcs8 -topk8 -nocrypt\" makes it so");
  }
}
