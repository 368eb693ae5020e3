package io.github.reactivesmtp.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/** The {@code main} of each client: connections, a warm-up, the measured part, a line of JSON. */
public final class SenderMain {

  private static final double CONNECT_SECONDS = 60;

  private SenderMain() {}

  /**
   * Does the task that the arguments describe and prints its figures to standard output. Ends the
   * JVM, whatever threads the client left: with 1 if a message was not accepted.
   */
  @SuppressWarnings("CatchAndPrintStackTrace") // who started this JVM reads them
  public static void run(String[] arguments, Sender.Factory client) {
    int status = 1;
    try {
      Task task = Task.of(arguments);
      List<Phase> phases = new ArrayList<>();
      String line;
      try (Sender sender = client.open(task)) {
        // Connections, and the classes that they take, are not to be had at the warm-up's expense.
        send(sender, phases, task.connections(), CONNECT_SECONDS);
        send(sender, phases, Long.MAX_VALUE, task.warmupSeconds());
        double cpuBefore = ProcessFigures.cpuSeconds();
        double seconds = send(sender, phases, task.messages(), task.seconds());
        double cpu = ProcessFigures.cpuSeconds() - cpuBefore;
        line = figures(task, phases, seconds, cpu);
      }
      System.out.println(line);
      phases.stream()
          .map(Phase::failure)
          .filter(Objects::nonNull)
          .forEach(Throwable::printStackTrace);
      status = failed(phases) == 0 ? 0 : 1;
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
    }
    System.exit(status);
  }

  /** Sends as another phase, of nothing if one before had failures. The seconds it took. */
  private static double send(Sender sender, List<Phase> phases, long messages, double seconds)
      throws Exception {
    Phase phase = new Phase(failed(phases) == 0 ? messages : 0, seconds);
    phases.add(phase);
    sender.send(phase);
    return phase.elapsed();
  }

  private static long failed(List<Phase> phases) {
    return phases.stream().mapToLong(Phase::failed).sum();
  }

  private static String figures(Task task, List<Phase> phases, double seconds, double cpuSeconds) {
    Phase measured = phases.get(phases.size() - 1);
    long accepted = phases.stream().mapToLong(Phase::accepted).sum();
    Histogram latencies = measured.latencies();
    return String.format(
        Locale.ROOT,
        "{\"peer\":\"%s\",\"n\":%d,\"size\":%d,\"rcpts\":%d,\"conns\":%d,\"seconds\":%.6f,"
            + "\"msgs_per_s\":%.3f,\"cpu_seconds_of_client_process\":%.6f,\"peak_rss_kb\":%d,"
            + "\"errors\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"warmup_n\":%d}",
        task.peer().replaceAll("[\"\\\\\\p{Cntrl}]", "_"),
        measured.accepted(),
        task.size(),
        task.recipients(),
        task.connections(),
        seconds,
        measured.accepted() / seconds,
        cpuSeconds,
        ProcessFigures.peakResidentKib(),
        failed(phases),
        latencies.getValueAtPercentile(50) / 1000.0,
        latencies.getValueAtPercentile(99) / 1000.0,
        accepted - measured.accepted());
  }
}
