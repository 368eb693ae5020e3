package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.CheckFixture.facts;
import static io.github.reactivesmtp.cli.CheckFixture.inClear;
import static io.github.reactivesmtp.cli.CheckFixture.overTls;
import static io.github.reactivesmtp.cli.CheckFixture.report;
import static io.github.reactivesmtp.cli.CheckFixture.secured;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.cli.Finding.Level;
import io.github.reactivesmtp.client.SmtpException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckReportTest {

  static Stream<Arguments> findings() {
    return Stream.of(
        row(
            "all is well",
            report(
                "--server h",
                facts(inClear("STARTTLS"), secured(null), overTls("SIZE")),
                null,
                null),
            "GOOD Connecting works, encrypted and to the right server."),
        row(
            "authentication works",
            report(
                "--server h",
                facts(inClear(), secured(null), overTls("AUTH PLAIN")),
                "PLAIN",
                null),
            "GOOD Connecting works, encrypted",
            "GOOD Authentication works, by PLAIN."),
        row(
            "authentication was not tried",
            report(
                "--server h", facts(inClear(), secured(null), overTls("AUTH PLAIN")), null, null),
            "GOOD Connecting works, encrypted",
            "NOTE Authentication was not tried; --user"),
        row(
            "passwords in the clear",
            report(
                "--server h",
                facts(inClear("AUTH CRAM-MD5 LOGIN"), secured(null), overTls("AUTH LOGIN")),
                "LOGIN",
                null),
            "GOOD Connecting works, encrypted",
            "GOOD Authentication works",
            "NOTE The server takes passwords in the clear"),
        row(
            "a certificate that is not good, where that was asked for",
            report(
                "--server h --tls opportunistic",
                facts(inClear(), secured(selfSigned()), overTls()),
                null,
                null),
            "GOOD Connecting works, encrypted.",
            "NOTE Its certificate is not good, and --tls opportunistic does not mind"),
        row(
            "a certificate that is not checked",
            report(
                "--server h --insecure-skip-verify",
                facts(inClear(), secured(selfSigned()), overTls()),
                null,
                null),
            "GOOD Connecting works, encrypted.",
            "NOTE Its certificate is not good, and --tls required --insecure-skip-verify does"),
        row(
            "a certificate that expires soon",
            report(
                "--server h",
                facts(inClear(), secured(Duration.ofDays(20), null), overTls()),
                null,
                null),
            "GOOD Connecting works, encrypted",
            "NOTE Its certificate expires in 20 days: renew it."),
        row(
            "in the clear where it need not be",
            report("--server h --tls none", facts(inClear("STARTTLS")), null, null),
            "GOOD Connecting works, in the clear.",
            "NOTE The server offers STARTTLS; without --tls none it would be used."),
        row(
            "in the clear for STARTTLS was refused",
            report("--server h --tls opportunistic", facts(inClear("STARTTLS")), null, null),
            "GOOD Connecting works, in the clear.",
            "NOTE The server offers STARTTLS, but it did not work"),
        row(
            "no encryption to be had",
            report("--server h --tls opportunistic", facts(inClear()), null, null),
            "GOOD Connecting works, in the clear.",
            "NOTE The server offers no encryption"),
        row(
            "a socket, where nobody is on the way",
            report("--server lmtp:///run/lmtp", facts(inClear()), null, null),
            "GOOD Connecting works"),
        row(
            "a failure",
            report("--server h", facts(inClear("SIZE")), null, no()),
            "BAD Mail cannot be sent like this. mail.example:25 said no. Check that h:25 is right"));
  }

  private static Arguments row(String name, CheckReport report, String... findings) {
    return Arguments.of(name, report, findings);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("findings")
  void says(String name, CheckReport report, String[] findings) {
    assertThat(report.findings()).hasSameSizeAs(findings);
    for (int i = 0; i < findings.length; i++) {
      Finding finding = report.findings().get(i);
      assertThat(finding.level() + " " + finding.text()).startsWith(findings[i]);
    }
    assertThat(report.isGood()).isEqualTo(report.findings().get(0).level() == Level.GOOD);
    assertThat(report.isReachable()).isTrue();
  }

  @Test
  void withoutAConnectionItIsNotReachable() {
    assertThat(report("--server h", new ServerFacts(), null, no()).isReachable()).isFalse();
  }

  private static Throwable no() {
    return new SmtpException("mail.example:25 said\r\nno");
  }

  private static Throwable selfSigned() {
    return new CertificateException("it is self-signed");
  }
}
