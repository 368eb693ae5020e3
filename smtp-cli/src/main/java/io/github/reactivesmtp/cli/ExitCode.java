package io.github.reactivesmtp.cli;

/** What the command tells the shell. */
final class ExitCode {

  /** All went as asked: everything was accepted, the server can be used. */
  static final int SUCCESS = 0;

  /** Some mail was not accepted, or nobody can tell; a server cannot be used as asked. */
  static final int PROBLEMS = 1;

  /** Wrong usage or configuration, a server that cannot be reached included. */
  static final int USAGE = 2;

  private ExitCode() {}
}
