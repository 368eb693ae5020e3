package io.github.reactivesmtp.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.SmtpReply;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What a check could have met. */
final class CheckFixture {

  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static final ConnectionEvent.Id ID = new ConnectionEvent.Id(1, "mail.example:587");

  private CheckFixture() {}

  /** As on the command line. */
  static Connection connection(String options) {
    ConnectionOptions connecting = new ConnectionOptions();
    new CommandLine(connecting)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.split(" "));
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return connecting.to(
        connecting.servers(), SmtpTimeouts.DEFAULT, new Console(nowhere, nowhere, false));
  }

  static CheckReport report(
      String options, ServerFacts seen, @Nullable String mechanism, @Nullable Throwable failure) {
    return new CheckReport(connection(options), seen, mechanism, failure, NOW);
  }

  static ServerFacts facts(ConnectionEvent... events) {
    ServerFacts facts = new ServerFacts();
    facts.onEvent(new ConnectionEvent.Connected(ID, null, new InetSocketAddress("192.0.2.1", 587)));
    facts.onEvent(new ConnectionEvent.Greeted(ID, SmtpReply.of(220, "mail.example ready")));
    Arrays.stream(events).forEach(facts::onEvent);
    return facts;
  }

  static ConnectionEvent inClear(String... extensions) {
    return offered(false, extensions);
  }

  static ConnectionEvent overTls(String... extensions) {
    return offered(true, extensions);
  }

  private static ConnectionEvent offered(boolean encrypted, String... extensions) {
    String[] lines =
        Stream.concat(Stream.of("mail.example"), Arrays.stream(extensions)).toArray(String[]::new);
    return new ConnectionEvent.Offered(ID, Capabilities.parse(SmtpReply.of(250, lines)), encrypted);
  }

  /** TLS with a certificate of 90 days. */
  static ConnectionEvent secured(@Nullable Throwable distrust) {
    return secured(Duration.ofDays(90), distrust);
  }

  static ConnectionEvent secured(Duration left, @Nullable Throwable distrust) {
    X509Certificate certificate = Certificates.server(NOW.plus(left)).getCertificate();
    return new ConnectionEvent.Secured(
        ID, new TlsDetails("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of(certificate), distrust));
  }
}
