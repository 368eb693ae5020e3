package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long task is. Not thread-safe. */
interface Progress extends AutoCloseable {

  /** One message is done. */
  void step();

  /** Ends the display; what is printed afterwards starts on a line of its own. */
  @Override
  void close();

  /** A bar on a terminal, a line now and then elsewhere. */
  static Progress start(String task, long total, boolean terminal, PrintStream out) {
    return terminal ? new Bar(task, total, out) : new Lines(task, total, out, Lines.INTERVAL);
  }

  /** A bar with messages a second and the time left. */
  final class Bar implements Progress {

    private final ProgressBar bar;
    private final PrintStream out;

    private Bar(String task, long total, PrintStream out) {
      this.out = out;
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .showSpeed(new DecimalFormat("#,##0 messages"))
              .setConsumer(new OneLine(out))
              .build();
    }

    @Override
    public void step() {
      bar.step();
    }

    @Override
    public void close() {
      bar.close();
      out.println();
    }

    /** Leaves the end of the line to {@link #close}: the library's own comes only sometimes. */
    private static final class OneLine extends ConsoleProgressBarConsumer {

      private OneLine(PrintStream out) {
        super(out);
      }

      @Override
      public void close() {}
    }
  }

  /** A line every five seconds, none for a task that takes less. */
  final class Lines implements Progress {

    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private final String task;
    private final long total;
    private final PrintStream out;
    private final long interval;
    private final long started = System.nanoTime();
    private long printed = started;
    private long done;

    Lines(String task, long total, PrintStream out, long interval) {
      this.task = task;
      this.total = total;
      this.out = out;
      this.interval = interval;
    }

    @Override
    public void step() {
      done++;
      long now = System.nanoTime();
      if (now - printed >= interval) {
        printed = now;
        double perSecond = done * 1e9 / (now - started);
        out.printf(
            "%s: %d of %d, %.0f messages/s, %.0f s left%n",
            task, done, total, perSecond, (total - done) / perSecond);
      }
    }

    @Override
    public void close() {}
  }
}
