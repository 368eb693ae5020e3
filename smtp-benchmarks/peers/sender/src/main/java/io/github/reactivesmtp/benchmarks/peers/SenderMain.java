package io.github.reactivesmtp.benchmarks.peers;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The {@code main} of each client: a warm-up, the measured part, a line of JSON. */
public final class SenderMain {

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
      Phase warmup = new Phase(Long.MAX_VALUE, task.warmupSeconds());
      Phase measured;
      String line;
      try (Sender sender = client.open(task)) {
        sender.send(warmup);
        double cpuBefore = ProcessFigures.cpuSeconds();
        measured = new Phase(task.messages(), warmup.failed() == 0 ? task.seconds() : 0);
        sender.send(measured);
        double seconds = measured.elapsed();
        double cpu = ProcessFigures.cpuSeconds() - cpuBefore;
        line = figures(task, warmup, measured, seconds, cpu);
      }
      System.out.println(line);
      for (Phase phase : new Phase[] {warmup, measured}) {
        Throwable failure = phase.failure();
        if (failure != null) {
          failure.printStackTrace();
        }
      }
      status = warmup.failed() + measured.failed() == 0 ? 0 : 1;
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
    }
    System.exit(status);
  }

  private static String figures(
      Task task, Phase warmup, Phase measured, double seconds, double cpuSeconds) {
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
        warmup.failed() + measured.failed(),
        latencies.getValueAtPercentile(50) / 1000.0,
        latencies.getValueAtPercentile(99) / 1000.0,
        warmup.accepted());
  }
}
