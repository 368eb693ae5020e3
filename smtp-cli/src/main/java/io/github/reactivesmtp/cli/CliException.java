package io.github.reactivesmtp.cli;

import org.jspecify.annotations.Nullable;

/** What ends a command early; its message is the one line the user gets to see. */
final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage or configuration: nothing can be sent like this. */
  static CliException usage(String message) {
    return new CliException(ExitCode.USAGE, message, null);
  }

  /** As {@link #usage(String)}, with what {@code --verbose} shows. */
  static CliException usage(String message, Throwable cause) {
    return new CliException(ExitCode.USAGE, message, cause);
  }

  int exitCode() {
    return exitCode;
  }
}
