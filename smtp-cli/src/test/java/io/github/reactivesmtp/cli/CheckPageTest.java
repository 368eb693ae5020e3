package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.CheckFixture.facts;
import static io.github.reactivesmtp.cli.CheckFixture.inClear;
import static io.github.reactivesmtp.cli.CheckFixture.overTls;
import static io.github.reactivesmtp.cli.CheckFixture.report;
import static io.github.reactivesmtp.cli.CheckFixture.secured;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckPageTest {

  @Test
  void showsWhatTlsChanges() {
    String page =
        page(
            report(
                "--server mail.example:587",
                facts(
                    inClear("PIPELINING", "SIZE 1000", "STARTTLS", "AUTH CRAM-MD5"),
                    secured(null),
                    overTls("PIPELINING", "SIZE 20480000", "AUTH PLAIN LOGIN", "X-NEW a b")),
                null,
                null));
    assertThat(page)
        .isEqualTo(
            """
            mail.example:587
              address       192.0.2.1:587
              greeting      220 mail.example ready
              TLS           TLSv1.3, TLS_AES_256_GCM_SHA384, by STARTTLS
              certificate   for localhost, 127.0.0.1
                            by CN=Test authority
                            from 2026-02-11 to 2026-08-30, 90 days left
                            good
              auth          CRAM-MD5 before TLS
                            PLAIN, LOGIN over TLS
              limits        19.5 MiB (20,480,000 octets) a message

            Extensions
              PIPELINING  several commands at once (RFC 2920)
              SIZE        size said beforehand, perhaps limited (RFC 1870): 20480000; before TLS 1000
              AUTH        authentication, by these mechanisms (RFC 4954): PLAIN LOGIN; before TLS CRAM-MD5
              X-NEW       unknown here: a b; over TLS only
              STARTTLS    encryption from here on (RFC 3207); before TLS only

            Verdict
              good          Connecting works, encrypted and to the right server.
              note          Authentication was not tried; --user with --password-file or --token-file does.
            """);
  }

  @Test
  void showsAServerWithoutAnything() {
    assertThat(page(report("--server mail.example --tls none", facts(inClear()), null, null)))
        .contains("  TLS           none\n")
        .contains("  auth          none\n")
        .contains("  limits        none stated\n")
        .contains("\nNo extensions\n");
  }

  @Test
  void showsEveryLimit() {
    assertThat(
            page(
                report(
                    "--server mail.example --tls none",
                    facts(inClear("SIZE 1000", "LIMITS MAILMAX=5000 RCPTMAX=100 RCPTDOMAINMAX=1")),
                    null,
                    null)))
        .contains("  limits        1,000 octets a message\n")
        .contains("                100 recipients a message\n")
        .contains("                5,000 messages a connection\n")
        .contains("                1 recipient domains a connection\n");
  }

  @Test
  void saysWhyACertificateIsNotGood() {
    CertificateException distrust = new CertificateException("its certificate expired");
    assertThat(
            page(
                report(
                    "--server smtps://mail.example",
                    facts(secured(Duration.ofDays(-3), distrust), overTls("SIZE")),
                    null,
                    distrust)))
        .contains("from the first octet\n")
        .contains(", expired\n")
        .contains("not good: its certificate expired\n")
        .contains("bad           Mail cannot be sent like this. its certificate expired.");
  }

  @Test
  void nothingOfAServerSteersTheTerminal() {
    String page =
        page(
            report(
                "--server mail.example --tls none",
                facts(inClear("X\u001B[31m \u202Eevil\u0007", "SIZE \u009B2J")),
                null,
                null));
    assertThat(page.chars().filter(c -> c != '\n').noneMatch(Character::isISOControl)).isTrue();
    assertThat(page).contains("\\x1B[31M", "\\u202Eevil\\x07", "\\x9B2J");
    assertThat(page.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void longTextGoesOnBelowItself() {
    assertThat(
            page(
                report(
                    "--server mail.example --tls none",
                    facts(inClear("X-LONG " + "word ".repeat(30) + "end")),
                    null,
                    null)))
        .contains(
            "  X-LONG  unknown here: " + "word ".repeat(15).strip() + "\n",
            "\n          " + "word ".repeat(15) + "end\n");
  }

  private static String page(CheckReport report) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CheckPage.print(report, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8);
  }
}
