package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.Exceptions;

/** {@code smtp check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    customSynopsis = "smtp check [OPTIONS] HOST[:PORT]",
    description = {
      "Shows what a server offers, and whether it can be connected to as the options say. Sends no"
          + " mail.",
      "",
      "It connects twice: once to look, with any certificate and without credentials; once as"
          + " \"smtp send\" would with the same options."
    },
    footer = {
      "",
      "--json prints one object in one line; what is not known is null:",
      "  server, address, greeting",
      "  extensions_in_clear, extensions_over_tls: [{keyword, parameters, meaning, rfc}]",
      "  tls: {protocol, cipher, verified, problem,",
      "        certificates: [{subject, names, issuer, not_before, not_after, days_left}]}",
      "  auth: {in_clear, over_tls, worked_by}",
      "  limits: {size, messages, recipients, recipient_domains}",
      "  ok, findings: [{level: GOOD|NOTE|BAD, text}]",
      "",
      "Exit codes: 0 it can be connected to as the options say, 1 not, 2 wrong usage or no answer.",
      "",
      "Examples:",
      "  smtp check mail.example.com:587",
      "  smtp check smtps://mail.example.com --user ann --password-file secret",
      "  smtp check localhost:2525 --tls none --json"
    })
final class CheckCommand implements Callable<Integer> {

  /** A person waits; the five minutes of RFC 5321 are for mail. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final SmtpTimeouts TIMEOUTS =
      SmtpTimeouts.DEFAULT.connect(PATIENCE).greeting(PATIENCE).command(PATIENCE);

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST[:PORT]",
      description = "The server, as in --server.")
  private @Nullable String server;

  @Option(names = "--json", description = "Print a JSON object instead of a page.")
  private boolean json;

  @Mixin private ConnectionOptions connecting = new ConnectionOptions();

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<String> servers =
        Stream.concat(Stream.ofNullable(server), connecting.servers().stream()).toList();
    if (servers.size() != 1) {
      throw CliException.usage(
          "say which server to check, one at a time: smtp check mail.example.com:587");
    }
    CheckReport report = check(connecting.to(servers, TIMEOUTS, console));
    if (json) {
      CheckJson.print(report, console.out());
    } else if (report.isReachable()) {
      CheckPage.print(report, console.out());
    } else {
      throw CliException.usage(report.findings().get(0).text());
    }
    if (!report.isReachable()) {
      return ExitCode.USAGE;
    }
    return report.isGood() ? ExitCode.SUCCESS : ExitCode.PROBLEMS;
  }

  private static CheckReport check(Connection connection) {
    ServerFacts seen = new ServerFacts();
    @Nullable Throwable failure = connect(connection.toLook().observer(seen).build());
    ServerFacts asked = new ServerFacts();
    if (failure == null) {
      failure = connect(connection.asAsked().observer(asked).build());
    }
    return new CheckReport(connection, seen, asked.mechanism(), failure, Instant.now());
  }

  /** Why a connection does not come about; null if it does. */
  private static @Nullable Throwable connect(SmtpClient client) {
    try {
      client.noop().block();
      return null;
    } catch (RuntimeException e) {
      return Exceptions.unwrap(e);
    } finally {
      client.disposeLater().block();
    }
  }
}
