package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpInjectionException;
import io.github.reactivesmtp.client.SmtpTlsException;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;

/** Says what to do when no connection came about; what happened the client has said. */
final class Advice {

  private Advice() {}

  /**
   * In one sentence, with the options that matter.
   *
   * @param connection what was asked for
   */
  static String after(Throwable failure, Connection connection) {
    if (failure instanceof SmtpInjectionException) {
      return "Send nothing this way before whoever runs the server and the network knows why.";
    }
    if (hasCause(failure, NotSslRecordException.class)) {
      return "Use --tls required if the server begins in the clear and offers STARTTLS, as on the"
          + " ports 25 and 587.";
    }
    if (hasCause(failure, CertPathBuilderException.class)) {
      return "If the server is yours, name its authority with --ca FILE.";
    }
    if (hasCause(failure, CertificateException.class)) {
      return "Connect by a name the certificate is for, or have the certificate renewed.";
    }
    if (failure instanceof SmtpAuthenticationException refused) {
      return refused.reply() != null
          ? "The password comes from --password-file or SMTP_PASSWORD, a token from --token-file."
          : "--auth chooses the mechanism; --tls required or implicit protects the password, and"
              + " --allow-cleartext-auth gives it away.";
    }
    if (failure instanceof SmtpTlsException && failure.getCause() == null) {
      return "--tls opportunistic or --tls none would send in the clear, readable for anyone on the"
          + " way.";
    }
    return "Check that " + connection + " is right and that the server runs, or try again later.";
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
