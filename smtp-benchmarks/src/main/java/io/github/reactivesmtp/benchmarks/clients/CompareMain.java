package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smtp-benchmarks/compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    description = {
      "Compares mail clients: each sends the same messages to the same sink, in a JVM of its own,"
          + " one after the other and round after round. What the sink holds is checked.",
      "Writes results.md, results.json and charts. Ends with 1 if a run does not count."
    })
final class CompareMain implements Callable<Integer> {

  private static final List<LoadCase> ALL_CASES =
      List.of(
          new LoadCase(1, 1024, 1, 0),
          new LoadCase(4, 1024, 1, 0),
          new LoadCase(16, 1024, 1, 0),
          new LoadCase(4, 100 * 1024, 1, 0),
          new LoadCase(4, 1024, 50, 0),
          new LoadCase(1, 1024, 1, 100));

  @Option(
      names = "--quick",
      description =
          "One round with 2 s of warm-up and 1 s of sending, all cases but the second: a few"
              + " minutes, and figures that are no more than a hint.")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "5, or 1 with --quick.")
  private @Nullable Integer rounds;

  @Option(names = "--warmup", paramLabel = "S", description = "Seconds; 10, or 2 with --quick.")
  private @Nullable Double warmup;

  @Option(names = "--seconds", paramLabel = "S", description = "5, or 1 with --quick.")
  private @Nullable Double seconds;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "At most so many in a run after its warm-up (default: ${DEFAULT-VALUE}).")
  private long messages;

  @Option(
      names = "--case",
      paramLabel = "C",
      description =
          "A case instead of the usual ones, such as"
              + " connections=16,size=1024,recipients=1,delay=100 (octets of text, ms of round"
              + " trip). More than once for several.")
  private List<String> cases = new ArrayList<>();

  @Option(
      names = "--peers",
      paramLabel = "P",
      split = ",",
      description = "Only these of: ${COMPLETION-CANDIDATES}.",
      completionCandidates = PeerIds.class)
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Messages under way on a connection in STREAMING (default: ${DEFAULT-VALUE}, the"
              + " client's own default).")
  private int window;

  @Option(
      names = "--wide-window",
      paramLabel = "N",
      defaultValue = "20000",
      description =
          "The same for streaming-wide, which takes part where there is a round trip to bridge"
              + " (default: ${DEFAULT-VALUE}).")
  private int wideWindow;

  @Option(
      names = "--loops",
      paramLabel = "N",
      description =
          "Event loops at most, of each client that has any; half of the processors, as the sink"
              + " has need of the others.")
  private int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--command",
      paramLabel = "LABEL=COMMAND",
      description =
          "Another sender: a program that prints a line of JSON with n, seconds and, if it knows"
              + " them, cpu_seconds_of_client_process, peak_rss_kb, errors, p50_ms, p99_ms and"
              + " warmup_n. In its arguments {host}, {port}, {connections}, {size}, {recipients},"
              + " {messages}, {seconds} and {warmup} are replaced. Without {seconds}, how many"
              + " messages take so long is found out first. More than once for several.")
  private List<String> commands = new ArrayList<>();

  @Option(
      names = "--sink-command",
      paramLabel = "COMMAND",
      description =
          "Another sink than the testkit's server: a program that listens on {port} of 127.0.0.1"
              + " and prints, when it gets SIGTERM, a line of JSON with msgs and, if it knows it,"
              + " rcpts. With {delay} it gets the ms of a round trip to add; otherwise a proxy"
              + " adds them.")
  private @Nullable String sinkCommand;

  @Option(
      names = "--jvm-options",
      paramLabel = "O",
      defaultValue = "-Xmx512m -XX:+UseParallelGC",
      description = "For every JVM that is started (default: ${DEFAULT-VALUE}).")
  private String jvmOptions = "";

  @Option(
      names = "--out",
      paramLabel = "D",
      defaultValue = "smtp-benchmarks/target/comparison",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Option(
      names = "--peers-home",
      hidden = true,
      defaultValue = "smtp-benchmarks/peers",
      description = "The folder of the modules of the peers.")
  private Path peersHome = Path.of("");

  private final PrintStream err;

  CompareMain(PrintStream err) {
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new CompareMain(err)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = plan();
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Machine machine = Machine.here();
    List<Run> runs = new Comparison(plan, this::show).run();
    Results results = new Results(started, machine, plan, runs);
    write(results);
    err.println("Written: " + out.resolve("results.md"));
    if (!results.isSound()) {
      err.println("Some runs do not count; they are marked WRONG.");
    }
    return results.isSound() ? 0 : 1;
  }

  private Plan plan() {
    return new Plan(
        cases(),
        peers(),
        rounds != null ? rounds : quick ? 1 : 5,
        new Bounds(
            messages,
            warmup != null ? warmup : quick ? 2 : 10,
            seconds != null ? seconds : quick ? 1 : 5),
        sinkCommand,
        CommandPeer.words(jvmOptions),
        out.resolve("logs"));
  }

  private List<LoadCase> cases() {
    if (cases.isEmpty()) {
      return ALL_CASES.stream().filter(load -> !quick || !load.equals(ALL_CASES.get(1))).toList();
    }
    return cases.stream().map(LoadCase::parse).toList();
  }

  private List<Peer> peers() {
    List<String> unknown = new ArrayList<>(peers);
    List<Peer> taken = new ArrayList<>();
    for (JavaPeer.Setup setup : JavaPeer.Setup.values()) {
      if (peers.isEmpty() || unknown.remove(setup.id)) {
        int underWay = setup == JavaPeer.Setup.STREAMING_WIDE ? wideWindow : window;
        taken.add(new JavaPeer(setup, peersHome, CommandPeer.words(jvmOptions), underWay, loops));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("no such peer: " + unknown);
    }
    commands.forEach(command -> taken.add(CommandPeer.parse(command)));
    return taken;
  }

  private void show(Run run) {
    Figures figures = run.figures();
    err.printf(
        "%s, round %d: %s: %s%s%n",
        run.load().title(),
        run.round(),
        run.peer().label(),
        figures == null
            ? "no figures"
            : ComparisonTable.number(figures.messagesPerSecond()) + " msg/s",
        run.problem() == null ? "" : "; WRONG: " + run.problem());
  }

  private void write(Results results) throws IOException {
    Files.createDirectories(out);
    Map<String, List<String>> libraries = new LinkedHashMap<>();
    for (Peer peer : results.plan().peers()) {
      if (peer instanceof JavaPeer java) {
        libraries.put(java.setup().module, java.libraries());
      }
    }
    Files.writeString(out.resolve("results.md"), ComparisonTable.page(results, libraries));
    Files.writeString(out.resolve("results.json"), ResultsJson.write(results));
    Map<LoadCase, List<Summary>> byCase = ComparisonTable.byCase(results.summaries());
    Files.writeString(out.resolve("all.svg"), BarChart.of(byCase));
    for (Map.Entry<LoadCase, List<Summary>> entry : byCase.entrySet()) {
      Files.writeString(
          out.resolve(entry.getKey().name() + ".svg"),
          BarChart.of(Map.of(entry.getKey(), entry.getValue())));
    }
  }

  /** For the help. */
  static final class PeerIds extends ArrayList<String> {

    private static final long serialVersionUID = 1L;

    PeerIds() {
      super(Arrays.stream(JavaPeer.Setup.values()).map(setup -> setup.id).toList());
    }
  }
}
