package io.github.reactivesmtp.cli;

/** What the command tells the shell. */
final class ExitCode {

  /** Everything was accepted. */
  static final int ALL_ACCEPTED = 0;

  /** Some mail was not accepted, or nobody can tell. */
  static final int SOME_NOT_ACCEPTED = 1;

  /** Wrong usage or configuration, a server that cannot be reached included. */
  static final int USAGE = 2;

  private ExitCode() {}
}
