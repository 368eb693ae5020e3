package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.SmtpTlsException;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new SmtpTlsException("no STARTTLS", null), "--tls none"),
        Arguments.of(
            new SmtpTlsException("no TLS", new NotSslRecordException("220 hi")), "--tls required"),
        Arguments.of(
            new SmtpTlsException(
                "not trusted",
                new CertificateException("not trusted", new CertPathBuilderException("no path"))),
            "--ca FILE"),
        Arguments.of(
            new SmtpTlsException("expired", new CertificateExpiredException("expired")), "renewed"),
        Arguments.of(
            new SmtpAuthenticationException("no", "PLAIN", SmtpReply.of(535, "no"), null),
            "--password-file"),
        Arguments.of(
            new SmtpAuthenticationException("in the clear", null, null, null),
            "--allow-cleartext-auth"),
        Arguments.of(new SmtpException("refused"), "Check that mail.example:25 is right"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void namesTheOption(Throwable failure, String advice) {
    assertThat(Advice.after(failure, CheckFixture.connection("--server mail.example")))
        .contains(advice)
        .endsWith(".");
  }
}
