package io.github.reactivesmtp.cli;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out results
 * @param err progress, problems and errors
 * @param terminal whether a person watches {@code err}
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** Whether standard error is a terminal: the JVM cannot tell, the launcher does. */
  static boolean isTerminal() {
    return Boolean.getBoolean("smtp.terminal");
  }
}
