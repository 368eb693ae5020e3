package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.cli.Finding.Level;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.Capabilities;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a check found: how the server looks, and whether mail could be sent as was asked.
 *
 * @param seen with any certificate, and without credentials
 * @param mechanism the server believes who we are by this; null if it does not, or was not asked to
 * @param failure why no mail could be sent; null if it could
 */
record CheckReport(
    Connection asked,
    ServerFacts seen,
    @Nullable String mechanism,
    @Nullable Throwable failure,
    Instant now) {

  /** Time enough for a person to renew a certificate. */
  private static final int DAYS_TO_RENEW = 21;

  private static final Set<String> READABLE = Set.of("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");

  /** Whether anything answered at all. */
  boolean isReachable() {
    return isGood() || seen.address() != null;
  }

  /** Whether mail could be sent as was asked. */
  boolean isGood() {
    return failure == null;
  }

  /** The verdict, what matters most first. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(verdict());
    encryption(findings);
    certificate(findings);
    authentication(findings);
    return findings;
  }

  private Finding verdict() {
    if (failure != null) {
      return new Finding(
          Level.BAD,
          "Mail cannot be sent like this. "
              + TextLine.sentence(failure)
              + " "
              + Advice.after(failure, asked));
    }
    return new Finding(Level.GOOD, "Connecting works, " + how() + ".");
  }

  private String how() {
    TlsDetails tls = seen.tls();
    if (tls == null) {
      return "in the clear";
    }
    return tls.isVerified() ? "encrypted and to the right server" : "encrypted";
  }

  private void encryption(List<Finding> findings) {
    Capabilities inClear = seen.inClear();
    if (seen.tls() != null || inClear == null || asked.servers().get(0).socket() != null) {
      return;
    }
    if (inClear.supports("STARTTLS")) {
      String what =
          asked.tlsMode() == TlsMode.NONE
              ? "; without --tls none it would be used."
              : ", but it did not work: mail would go in the clear, or not at all.";
      findings.add(new Finding(Level.NOTE, "The server offers STARTTLS" + what));
    } else if (failure == null) {
      findings.add(
          new Finding(
              Level.NOTE,
              "The server offers no encryption: anyone on the way can read and alter the mail."));
    }
  }

  private void certificate(List<Finding> findings) {
    TlsDetails tls = seen.tls();
    if (tls == null) {
      return;
    }
    if (!tls.isVerified() && failure == null) {
      findings.add(
          new Finding(
              Level.NOTE,
              "Its certificate is not good, and --tls "
                  + asked.tlsMode().name().toLowerCase(Locale.ROOT)
                  + (asked.tls().verify() ? "" : " --insecure-skip-verify")
                  + " does not mind: anyone on the way could be the server."));
    }
    if (!tls.certificates().isEmpty()) {
      long days = CertificateFacts.of(tls.certificates().get(0)).daysLeft(now);
      if (days >= 0 && days < DAYS_TO_RENEW) {
        findings.add(
            new Finding(
                Level.NOTE, "Its certificate expires in %d days: renew it.".formatted(days)));
      }
    }
  }

  private void authentication(List<Finding> findings) {
    if (mechanism != null) {
      findings.add(new Finding(Level.GOOD, "Authentication works, by " + mechanism + "."));
    } else if (asked.credentials() == null && !seen.offered().authMechanisms().isEmpty()) {
      findings.add(
          new Finding(
              Level.NOTE,
              "Authentication was not tried; --user with --password-file or --token-file does."));
    }
    Capabilities inClear = seen.inClear();
    if (inClear != null
        && asked.tlsMode() != TlsMode.NONE
        && inClear.authMechanisms().stream().anyMatch(READABLE::contains)) {
      findings.add(
          new Finding(
              Level.NOTE,
              "The server takes passwords in the clear: a client less careful than this gives them"
                  + " away. It should offer AUTH over TLS only."));
    }
  }
}
