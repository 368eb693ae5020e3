package io.github.reactivesmtp.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Says how sending ended, and the exit code for it. */
final class SendReport {

  static final String STANDARD_OUTPUT = "-";

  private final Console console;
  private final Connection server;
  private final @Nullable String results;

  /**
   * @param results what --results said
   */
  SendReport(Console console, Connection server, @Nullable String results) {
    this.console = console;
    this.server = server;
    this.results = results;
  }

  /**
   * Prints problems to standard error and the outcomes to standard output.
   *
   * @param files how many were to be sent
   * @throws CliException if what went wrong was wrong for all of them
   */
  int print(MailRun run, int files, long nanos) {
    Throwable unreachable = run.unreachable();
    if (unreachable != null) {
      String what = TextLine.sentence(unreachable);
      throw CliException.usage(
          what
              + (what.contains("Nothing ") ? " " : " Nothing was sent. ")
              + Advice.after(unreachable, server)
              + " \"smtp check\" with the same options shows more.",
          unreachable);
    }
    printProblems(run);
    Tally tally = run.tally();
    PrintStream out = STANDARD_OUTPUT.equals(results) ? console.err() : console.out();
    out.printf("%,d of %,d messages to %s in %.1f s%n", tally.total(), files, server, nanos / 1e9);
    tally.print(out);
    long left = files - tally.total();
    if (left > 0) {
      out.printf("  %-10s %,10d  not begun, and in no line of the results%n", "(left)", left);
    }
    Throwable failure = run.failure();
    if (failure != null) {
      throw CliException.usage("sending ended early: " + TextLine.sentence(failure), failure);
    }
    return tally.allAccepted() && left == 0 && run.resultsFailure() == null
        ? ExitCode.SUCCESS
        : ExitCode.PROBLEMS;
  }

  private void printProblems(MailRun run) {
    for (String problem : run.problems()) {
      console.err().println("smtp: " + problem);
    }
    long more = run.problemCount() - run.problems().size();
    if (more > 0) {
      console
          .err()
          .printf(
              "smtp: and %,d more%s%n",
              more, results == null ? "; --results FILE lists all" : ", all in " + results);
    }
    if (run.resultsFailure() != null) {
      console
          .err()
          .printf(
              "smtp: sending was stopped because %s could not be written (%s); its last lines are missing%n",
              results, TextLine.reason(run.resultsFailure()));
    }
  }
}
