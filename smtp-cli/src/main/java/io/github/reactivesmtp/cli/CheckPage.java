package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.codec.Capabilities;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link CheckReport} for people: labels on the left, lines of up to 100 columns. */
final class CheckPage {

  private static final int COLUMNS = 100;
  private static final int LABEL = 12;

  private final CheckReport report;
  private final ServerFacts seen;
  private final PrintStream out;

  private CheckPage(CheckReport report, PrintStream out) {
    this.report = report;
    this.seen = report.seen();
    this.out = out;
  }

  static void print(CheckReport report, PrintStream out) {
    new CheckPage(report, out).print();
  }

  private void print() {
    out.println(report.asked());
    row("address", orElse(seen.address(), "unknown"));
    row("greeting", orElse(seen.greeting(), "none"));
    encryption();
    authentication();
    limits();
    out.println();
    extensions();
    out.println();
    out.println("Verdict");
    for (Finding finding : report.findings()) {
      row(finding.level().name().toLowerCase(Locale.ROOT), finding.text());
    }
  }

  private void encryption() {
    TlsDetails tls = seen.tls();
    if (tls == null) {
      row("TLS", "none");
      return;
    }
    boolean implicit = report.asked().tlsMode() == TlsMode.IMPLICIT;
    row(
        "TLS",
        tls.protocol()
            + ", "
            + tls.cipherSuite()
            + (implicit ? ", from the first octet" : ", by STARTTLS"));
    if (!tls.certificates().isEmpty()) {
      certificate(CertificateFacts.of(tls.certificates().get(0)), tls.distrust());
    }
  }

  private void certificate(CertificateFacts certificate, @Nullable Throwable distrust) {
    List<String> names = certificate.names();
    row("certificate", "for " + (names.isEmpty() ? certificate.subject() : list(names)));
    row("", "by " + certificate.issuer());
    long days = certificate.daysLeft(report.now());
    row(
        "",
        "from "
            + day(certificate.notBefore())
            + " to "
            + day(certificate.notAfter())
            + (days < 0 ? ", expired" : ", %,d days left".formatted(days)));
    row("", distrust == null ? "good" : "not good: " + TextLine.of(distrust));
  }

  private void authentication() {
    Capabilities inClear = seen.inClear();
    Capabilities overTls = seen.overTls();
    if (inClear != null) {
      row("auth", mechanisms(inClear) + (overTls == null ? "" : " before TLS"));
    }
    if (overTls != null) {
      row(inClear == null ? "auth" : "", mechanisms(overTls) + " over TLS");
    }
  }

  private void limits() {
    Capabilities.Limits limits = seen.offered().limits();
    List<String> stated = new ArrayList<>();
    seen.offered().maxSize().ifPresent(size -> stated.add(octets(size) + " a message"));
    limits.rcptMax().ifPresent(n -> stated.add("%,d recipients a message".formatted(n)));
    limits.mailMax().ifPresent(n -> stated.add("%,d messages a connection".formatted(n)));
    limits
        .rcptDomainMax()
        .ifPresent(n -> stated.add("%,d recipient domains a connection".formatted(n)));
    row("limits", stated.isEmpty() ? "none stated" : stated.get(0));
    stated.stream().skip(1).forEach(limit -> row("", limit));
  }

  private void extensions() {
    Set<String> keywords = new LinkedHashSet<>(seen.offered().keywords());
    if (seen.inClear() != null) {
      keywords.addAll(seen.inClear().keywords());
    }
    out.println(keywords.isEmpty() ? "No extensions" : "Extensions");
    int widest = keywords.stream().mapToInt(String::length).max().orElse(0);
    for (String keyword : keywords) {
      row(Math.min(widest, COLUMNS / 3), keyword, meaning(keyword) + when(keyword));
    }
  }

  private static String meaning(String keyword) {
    ExtensionMeaning known = ExtensionMeaning.of(keyword);
    return known == null ? "unknown here" : known.words() + " (" + known.rfc() + ")";
  }

  /** The parameters, and what TLS changes. */
  private String when(String keyword) {
    String clear = seen.inClear() == null ? null : seen.inClear().parameters(keyword);
    String secure = seen.overTls() == null ? null : seen.overTls().parameters(keyword);
    if (seen.inClear() == null || seen.overTls() == null || Objects.equals(clear, secure)) {
      return after(": ", secure == null ? clear : secure);
    }
    if (clear == null) {
      return after(": ", secure) + "; over TLS only";
    }
    if (secure == null) {
      return after(": ", clear) + "; before TLS only";
    }
    return after(": ", secure) + "; before TLS" + after(" ", clear);
  }

  private static String after(String separator, @Nullable String parameters) {
    return parameters == null || parameters.isEmpty() ? "" : separator + parameters;
  }

  private static String mechanisms(Capabilities offered) {
    return offered.authMechanisms().isEmpty() ? "none" : list(offered.authMechanisms());
  }

  private static String list(Collection<String> words) {
    return String.join(", ", words);
  }

  private static String orElse(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }

  private static String day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static String octets(long size) {
    long mebi = 1L << 20;
    return size < mebi
        ? "%,d octets".formatted(size)
        : String.format(Locale.ROOT, "%,.1f MiB (%,d octets)", (double) size / mebi, size);
  }

  private void row(String label, String text) {
    row(LABEL, label, text);
  }

  /** The text to the right of the label; its further lines below its first. */
  private void row(int width, String label, String text) {
    int indent = width + 4;
    StringBuilder line = new StringBuilder("  " + TextLine.of(label));
    String separator = " ".repeat(Math.max(1, indent - line.length()));
    for (String word : TextLine.of(text).split(" +", -1)) {
      if (line.length() + separator.length() + word.length() > COLUMNS && line.length() > indent) {
        out.println(line);
        line.setLength(0);
        separator = " ".repeat(indent);
      }
      line.append(separator).append(word);
      separator = " ";
    }
    out.println(line);
  }
}
