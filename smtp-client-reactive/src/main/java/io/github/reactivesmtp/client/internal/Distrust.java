package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.TlsDetails;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in words why a certificate is not good; what the JDK says is for programmers. */
final class Distrust {

  private Distrust() {}

  /**
   * What is wrong, to be said after "because", with the JDK's words as its cause.
   *
   * @param chain the server's certificates, its own first
   */
  static CertificateException inWords(
      CertificateException distrust, @Nullable String host, List<X509Certificate> chain) {
    X509Certificate own = chain.get(0);
    for (Throwable t = distrust; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        LocalDate end = own.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate();
        return new CertificateException("its certificate expired on " + end, distrust);
      }
      if (t instanceof CertificateNotYetValidException) {
        LocalDate start = own.getNotBefore().toInstant().atZone(ZoneOffset.UTC).toLocalDate();
        return new CertificateException("its certificate is not valid before " + start, distrust);
      }
      if (t instanceof CertPathBuilderException) {
        return new CertificateException(untrusted(own), distrust);
      }
    }
    String text = String.valueOf(distrust.getMessage());
    if (text.startsWith("No name matching") || text.startsWith("No subject alternative")) {
      return new CertificateException("its certificate is not for " + host + names(own), distrust);
    }
    return new CertificateException("its certificate is not good: " + text, distrust);
  }

  private static String untrusted(X509Certificate own) {
    return own.getIssuerX500Principal().equals(own.getSubjectX500Principal())
        ? "its certificate is self-signed and not among those trusted"
        : "its certificate comes from no authority that is trusted ("
            + own.getIssuerX500Principal()
            + ")";
  }

  private static String names(X509Certificate certificate) {
    List<String> names = TlsDetails.names(certificate);
    return names.isEmpty() ? "" : " but for " + String.join(", ", names);
  }
}
