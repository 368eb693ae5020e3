package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.TlsDetails;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
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
    Instant now = Instant.now();
    for (Throwable t = distrust; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return about(
            chain, it -> end(it).isBefore(now), it -> " expired on " + day(end(it)), distrust);
      }
      if (t instanceof CertificateNotYetValidException) {
        return about(
            chain,
            it -> start(it).isAfter(now),
            it -> " is not valid before " + day(start(it)),
            distrust);
      }
      if (t instanceof CertPathBuilderException) {
        return because(untrusted(chain.get(0)), distrust);
      }
    }
    String text = String.valueOf(distrust.getMessage());
    if (text.startsWith("No name matching") || text.startsWith("No subject alternative")) {
      return because("its certificate is not for " + host + names(chain.get(0)), distrust);
    }
    return because("its certificate is not good: " + text, distrust);
  }

  /** What is wrong with the first certificate of the chain that it is true of. */
  private static CertificateException about(
      List<X509Certificate> chain,
      Predicate<X509Certificate> isWrong,
      Function<X509Certificate, String> what,
      CertificateException distrust) {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate certificate = chain.get(i);
      if (isWrong.test(certificate)) {
        String whose =
            i == 0
                ? "its certificate"
                : "the certificate of its authority " + certificate.getSubjectX500Principal();
        return because(whose + what.apply(certificate), distrust);
      }
    }
    return because("a certificate it relies on is out of date", distrust);
  }

  /** A certificate may say of itself what it likes, as long as nobody has checked it. */
  private static CertificateException because(String what, CertificateException distrust) {
    return new CertificateException(OneLine.of(what), distrust);
  }

  private static Instant start(X509Certificate certificate) {
    return certificate.getNotBefore().toInstant();
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
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
