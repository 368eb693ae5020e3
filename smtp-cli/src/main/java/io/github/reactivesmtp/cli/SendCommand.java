package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.cli.EnvelopeAddresses.Given;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpTimeouts;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.Notify;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smtp send}. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    customSynopsis = "smtp send [OPTIONS] --server SERVER[,SERVER...] FILE|DIRECTORY...",
    description = {
      "Sends mail from files, one transaction each, and says what became of each.",
      "",
      "The envelope comes from the headers: the sender from Sender, else From; the recipients from"
          + " To, Cc and Bcc. Bcc is removed from what is sent; nothing else is changed but that"
          + " lines end with CRLF."
    },
    footer = {
      "",
      "Each line of the results is one JSON object:",
      "  {\"file\",\"message_id\",\"outcome\",\"reply\",\"recipients\":"
          + "[{\"address\",\"status\",\"reply\",\"phase\"}],\"attempts\"}",
      "with an \"error\" where the reply does not say why. Outcomes: ACCEPTED, REJECTED, DEFERRED,",
      "NOT_SENT, UNKNOWN (delivered or not, nobody can tell), PARTIAL (recipients differ).",
      "Ctrl-C takes no more files, waits up to 10 s for those under way and completes the results.",
      "",
      "Exit codes: 0 all accepted, 1 some not, 2 wrong usage or configuration.",
      "",
      "Examples:",
      "  smtp send mail.eml --server mail.example.com:587 --user ann --password-file secret",
      "  smtp send outbox/ --server relay.example.com --results results.json --connections 8",
      "  smtp send notice.eml --server [::1]:25 --tls none --from '' --to a@example.com"
    })
final class SendCommand implements Callable<Integer> {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIRECTORY",
      description = "Messages, and folders of which all *.eml are meant, subfolders included.")
  private List<Path> arguments = List.of();

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "The sender of all messages, whatever their headers say; '' is the null one.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS[,ADDRESS...]",
      description = "The recipients of all messages, whatever their headers say. Repeatable.")
  private List<String> to = List.of();

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Write one line of JSON for each message; - is standard output.")
  private @Nullable String results;

  @Option(
      names = "--dsn-notify",
      split = ",",
      paramLabel = "EVENT",
      description =
          "Ask for a notification of success, failure or delay, or never, of a server with DSN.")
  private List<Notify> dsnNotify = List.of();

  @Option(
      names = "--all-or-nothing",
      description = "Send a message to nobody if the server refuses one of its recipients.")
  private boolean allOrNothing;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "3",
      description = "Attempts while a message is certainly not delivered (${DEFAULT-VALUE}).")
  private int maxAttempts;

  @Option(
      names = "--bare-newlines",
      paramLabel = "normalise|reject",
      defaultValue = "normalise",
      description = "What to do with messages that have CR or LF alone (${DEFAULT-VALUE}).")
  private BareNewlines bareNewlines = BareNewlines.NORMALISE;

  @Mixin private SendingOptions sending = new SendingOptions();

  @Mixin private ConnectionOptions connecting = new ConnectionOptions();

  SendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Given given = Given.parse(from, to);
    RcptParameters parameters = rcptParameters();
    Connection connection = connecting.to(connecting.servers(), SmtpTimeouts.DEFAULT, console);
    SmtpClient client = client(connection);
    List<Path> files = MailFiles.list(arguments);
    if (files.isEmpty()) {
      throw CliException.usage(
          "no *.eml file in " + TextLine.of(arguments.toString()) + "; nothing was sent");
    }
    try (ResultLog log = openResults()) {
      MailRun run = new MailRun(client, new EnvelopeReader(given, parameters), log);
      // Until the report is printed: an interruption waits for it.
      Interruption interruption = new Interruption(() -> stop(run));
      try {
        long started = System.nanoTime();
        send(run, client, files);
        if (log != null) {
          log.flush();
        }
        return new SendReport(console, connection, results)
            .print(run, files.size(), System.nanoTime() - started);
      } finally {
        interruption.over();
      }
    } catch (IOException e) {
      throw CliException.usage(
          "the results cannot be written to " + results + ": " + TextLine.reason(e), e);
    }
  }

  private void send(MailRun run, SmtpClient client, List<Path> files) {
    try (Progress progress =
        Progress.start("Sending", files.size(), console.terminal(), console.err())) {
      run.send(files, progress);
    }
    client.disposeLater(GRACE).block();
  }

  private void stop(MailRun run) {
    console.err().println();
    console
        .err()
        .printf(
            "smtp: interrupted; no more files are taken, waiting up to %d s for those under way%n",
            GRACE.toSeconds());
    run.stop(GRACE);
  }

  private SmtpClient client(Connection connection) {
    if (maxAttempts < 1) {
      throw CliException.usage("--max-attempts must be at least 1, not " + maxAttempts);
    }
    return sending
        .applyTo(connection.asAsked())
        .allOrNothing(allOrNothing)
        .maxAttempts(maxAttempts)
        .bareNewlines(bareNewlines)
        .build();
  }

  private RcptParameters rcptParameters() {
    try {
      return RcptParameters.builder().notify(Set.copyOf(dsnNotify)).build();
    } catch (SmtpSyntaxException e) {
      throw CliException.usage("--dsn-notify never stands alone", e);
    }
  }

  private @Nullable ResultLog openResults() throws IOException {
    if (results == null) {
      return null;
    }
    OutputStream target =
        results.equals(SendReport.STANDARD_OUTPUT)
            ? unclosed(console.out())
            : Files.newOutputStream(Path.of(results));
    return new ResultLog(new BufferedOutputStream(target));
  }

  private static OutputStream unclosed(PrintStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] octets, int offset, int length) throws IOException {
        out.write(octets, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
