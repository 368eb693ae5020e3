package io.github.reactivesmtp.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The {@code smtp} command run in this JVM.
 *
 * @param output what it printed, to standard output and standard error
 */
record CommandLineRun(int exitCode, String output) {

  static CommandLineRun of(List<String> arguments) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(octets, true, StandardCharsets.UTF_8);
    int exitCode = Main.run(new Console(out, out, false), arguments.toArray(String[]::new));
    return new CommandLineRun(exitCode, octets.toString(StandardCharsets.UTF_8));
  }
}
