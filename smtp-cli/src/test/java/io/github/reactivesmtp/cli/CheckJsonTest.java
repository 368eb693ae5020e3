package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.CheckFixture.facts;
import static io.github.reactivesmtp.cli.CheckFixture.inClear;
import static io.github.reactivesmtp.cli.CheckFixture.overTls;
import static io.github.reactivesmtp.cli.CheckFixture.report;
import static io.github.reactivesmtp.cli.CheckFixture.secured;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.SmtpException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;

class CheckJsonTest {

  @Test
  void hasAllThatIsKnown() throws Exception {
    String json =
        json(
            report(
                "--server mail.example:587",
                facts(
                    inClear("STARTTLS"),
                    secured(new CertificateException("it is \"self-signed\"")),
                    overTls("SIZE 1000", "AUTH PLAIN", "X-ü", "LIMITS MAILMAX=5 RCPTMAX=7")),
                "PLAIN",
                null));
    assertThat(json)
        .startsWith(
            "{\"server\":\"mail.example:587\",\"address\":\"192.0.2.1:587\","
                + "\"greeting\":\"220 mail.example ready\","
                + "\"extensions_in_clear\":[{\"keyword\":\"STARTTLS\",\"parameters\":\"\","
                + "\"meaning\":\"encryption from here on\",\"rfc\":\"RFC 3207\"}],"
                + "\"extensions_over_tls\":[{\"keyword\":\"SIZE\",\"parameters\":\"1000\",")
        .contains(
            "{\"keyword\":\"X-\\u00DC\",\"parameters\":\"\",\"meaning\":null,\"rfc\":null}",
            "\"tls\":{\"protocol\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\","
                + "\"verified\":false,\"problem\":\"it is \\\"self-signed\\\"\","
                + "\"certificates\":[{\"subject\":\"CN=localhost\","
                + "\"names\":[\"localhost\",\"127.0.0.1\"],\"issuer\":\"CN=Test authority\","
                + "\"not_before\":\"20",
            "\"days_left\":90}]}",
            "\"auth\":{\"in_clear\":[],\"over_tls\":[\"PLAIN\"],\"worked_by\":\"PLAIN\"}",
            "\"limits\":{\"size\":1000,\"messages\":5,\"recipients\":7,\"recipient_domains\":null}",
            "\"ok\":true,\"findings\":[{\"level\":\"GOOD\",\"text\":\"Connecting works")
        .endsWith("}]}\n")
        .containsOnlyOnce("\n");
  }

  @Test
  void whatIsNotKnownIsNull() throws Exception {
    assertThat(
            json(
                report(
                    "--server mail.example", new ServerFacts(), null, new SmtpException("gone"))))
        .startsWith(
            "{\"server\":\"mail.example:25\",\"address\":null,\"greeting\":null,"
                + "\"extensions_in_clear\":null,\"extensions_over_tls\":null,\"tls\":null,"
                + "\"auth\":{\"in_clear\":null,\"over_tls\":null,\"worked_by\":null},"
                + "\"limits\":{\"size\":null,\"messages\":null,\"recipients\":null,"
                + "\"recipient_domains\":null},"
                + "\"ok\":false,\"findings\":[{\"level\":\"BAD\",")
        .contains("gone.");
  }

  private static String json(CheckReport report) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CheckJson.print(report, new PrintStream(printed, true, UTF_8));
    return printed.toString(UTF_8);
  }
}
