package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.client.StreamingWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smtp bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    customSynopsis = "smtp bench [OPTIONS] --server HOST[:PORT]",
    description = {
      "Measures a server: sends it the same message again and again, as fast as it takes them or at"
          + " a rate, and says how many a second it accepted and how long each took.",
      "",
      "The messages are real to the server: point it at one that keeps them to itself."
    },
    footer = {
      "",
      "Latency is the time from when the client takes a message to its final reply; with --rate,",
      "from when the message was due. msg/s and MB/s (1,000,000 octets of content) are of accepted",
      "messages, CPU is that of this process while it measures.",
      "",
      "--json prints one object in one line; what is not known is null:",
      "  peer, n, size, rcpts, conns, seconds, msgs_per_s, mb_per_s,",
      "  cpu_seconds_of_client_process, cpu_us_per_msg, peak_rss_kb, errors,",
      "  p50_ms, p90_ms, p99_ms, p999_ms, max_ms, outcomes: {ACCEPTED, ...},",
      "  refusals: [{n, example}], server, tls: {protocol, cipher, verified}, mode, window, rate,",
      "  body, warmup_n, conns_opened",
      "",
      "Ctrl-C ends it early, and reports what was measured until then.",
      "",
      "Exit codes: 0 all accepted, 1 some not, 2 wrong usage, or the server cannot be reached.",
      "",
      "Examples:",
      "  smtp bench --server localhost:2525 --tls none",
      "  smtp bench --server localhost:2525 --tls none --warmup 10s --duration 30s --connections 16",
      "  smtp bench --server mail.example.com:587 --user ann --password-file secret --rate 100 \\",
      "    --to 'load{n}@example.com' --report report.html"
    })
final class BenchCommand implements Callable<Integer> {

  /** For what is under way at the end of the time, or when it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private BenchLoad load = new BenchLoad();

  @Mixin private SendingOptions sending = new SendingOptions();

  @Option(names = "--json", description = "Print a JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page with plots (HTML, nothing else is needed to read it).")
  private @Nullable Path report;

  @Option(names = "--quiet", description = "Do not show how it gets on.")
  private boolean quiet;

  @Mixin private ConnectionOptions connecting = new ConnectionOptions();

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (connecting.servers().isEmpty()) {
      throw CliException.usage(
          "say which server to measure with --server HOST:PORT; \"smtp sink\" starts one on"
              + " localhost:2525 to try it with, and --tls none goes with that");
    }
    Connection connection = connecting.to(connecting.servers(), SmtpTimeouts.DEFAULT, console);
    BenchSetup setup = load.setup(connection, sending);
    SmtpClient.Builder builder = client(connection, setup);
    requireWritable();
    BenchMeter meter = new BenchMeter(setup.octets(), console.err(), console.terminal() && !quiet);
    BenchRun run = new BenchRun(setup, builder, meter, GRACE);
    // Until the figures are printed: an interruption waits for them.
    Interruption interruption = new Interruption(() -> stop(run));
    try {
      BenchFigures figures = run.send();
      print(setup, figures);
      return figures.allAccepted() ? ExitCode.SUCCESS : ExitCode.PROBLEMS;
    } finally {
      interruption.over();
    }
  }

  private SmtpClient.Builder client(Connection connection, BenchSetup setup) {
    long octets =
        Math.max(StreamingWindow.DEFAULT.octets(), (long) sending.window() * setup.octets());
    // The number of messages is what was asked for, so their octets must not be the narrower bound.
    return sending
        .applyUnpaced(connection.asAsked())
        .streamingWindow(window -> sending.hasWindow() ? window.octets(octets) : window);
  }

  private void stop(BenchRun run) {
    console.err().println();
    console
        .err()
        .printf(
            "smtp: interrupted; no more messages are begun, waiting up to %d s for those under way%n",
            GRACE.toSeconds());
    run.interrupt();
  }

  /** Better now than after an hour of sending; what is in the file stays until then. */
  private void requireWritable() {
    if (report != null) {
      try {
        Files.newOutputStream(report, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  private void print(BenchSetup setup, BenchFigures figures) throws IOException {
    if (json) {
      BenchJson.print(setup, figures, console.out());
    } else {
      BenchText.print(setup, figures, console.out());
    }
    if (report != null) {
      try {
        Files.writeString(
            report, BenchPage.of(setup, figures, arguments(), ZonedDateTime.now(ZoneOffset.UTC)));
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  private CliException unwritable(IOException e) {
    return CliException.usage(
        "the report cannot be written to " + report + ": " + TextLine.reason(e), e);
  }

  /** As given, from the name of the command on. No secret is ever an argument. */
  private List<String> arguments() {
    return spec == null ? List.of() : spec.root().commandLine().getParseResult().originalArgs();
  }
}
