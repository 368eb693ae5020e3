package io.github.reactivesmtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;

/** Certificates as the JDK wants them. */
final class KeyMaterial {

  private KeyMaterial() {}

  /** The certificates of a PEM file; at least one. */
  static List<X509Certificate> certificates(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("There is no certificate in " + pem + ".");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException("There are no certificates in " + pem + ".", e);
    } catch (IOException e) {
      throw new UncheckedIOException(pem + " cannot be read.", e);
    }
  }

  /** Trust in these and no others. */
  static TrustManagerFactory trust(List<X509Certificate> certificates) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("trusted" + i, certificates.get(i));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("The JDK cannot hold certificates in memory.", e);
    }
  }
}
