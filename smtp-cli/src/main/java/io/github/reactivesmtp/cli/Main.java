package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import reactor.netty.ReactorNetty;

/** The {@code smtp} command. */
@Command(
    name = "smtp",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Sends mail over SMTP and says what became of each message.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  smtp demo                                  100,000 messages to an embedded server",
      "  smtp check mail.example.com:587            what a server offers, whether it can be used",
      "  smtp send mail.eml --server relay.example  one message, envelope from its headers",
      "  smtp send outbox/ --server relay.example.com --results results.json",
      "  smtp sink --directory received             take mail on port 2525 and store it",
      "  smtp bench --server localhost:2525         how fast a server takes messages",
      "",
      "\"smtp COMMAND --help\" tells more.",
      "Exit codes: 0 all accepted, 1 some not, 2 wrong usage or configuration."
    })
public final class Main {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors, and what libraries warn of.")
  private boolean verbose;

  private final PrintStream err;

  private Main(PrintStream err) {
    this.err = err;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    oneEventLoopAProcessor();
    System.exit(run(new Console(System.out, System.err, Console.isTerminal()), arguments));
  }

  /**
   * Reactor Netty makes at least four, which on a small machine take the processors from each
   * other.
   */
  private static void oneEventLoopAProcessor() {
    String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
    System.getProperties().putIfAbsent(ReactorNetty.IO_WORKER_COUNT, processors);
  }

  /** Runs the command and returns its exit code. */
  static int run(Console console, String... arguments) {
    Main main = new Main(console.err());
    CommandLine command =
        new CommandLine(main)
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(new SendCommand(console))
            .addSubcommand(new CheckCommand(console))
            .addSubcommand(new SinkCommand(console))
            .addSubcommand(new BenchCommand(console))
            .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionStrategy(
                parsed -> {
                  main.setUpLogging();
                  return new RunLast().execute(parsed);
                })
            .setParameterExceptionHandler((e, given) -> main.usageError(e))
            .setExecutionExceptionHandler((e, failed, parsed) -> main.failed(e));
    if (arguments.length == 0) {
      command.usage(console.err());
      return ExitCode.USAGE;
    }
    return command.execute(arguments);
  }

  /** Libraries log to standard error, where without --verbose only this command speaks. */
  private void setUpLogging() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "warn" : "off");
  }

  private int usageError(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + TextLine.sentence(e) + " See \"" + command + " --help\".");
    return ExitCode.USAGE;
  }

  private int failed(Exception e) {
    if (verbose) {
      e.printStackTrace(err);
    }
    if (e instanceof CliException known) {
      err.println("smtp: " + TextLine.of(known));
      return known.exitCode();
    }
    String type = e.getClass().getSimpleName();
    err.println(
        "smtp: unexpected " + type + ": " + TextLine.sentence(e) + " --verbose shows where.");
    return ExitCode.USAGE;
  }

  /** What the jar's manifest says. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "smtp " + (version == null ? "(not run from its jar)" : version),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name")
      };
    }
  }
}
