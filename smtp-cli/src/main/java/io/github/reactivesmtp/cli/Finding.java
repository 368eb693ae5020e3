package io.github.reactivesmtp.cli;

/**
 * One line of a verdict.
 *
 * @param text for a person, in one line
 */
record Finding(Level level, String text) {

  /** How it is meant. */
  enum Level {
    /** As it should be. */
    GOOD,
    /** Worth knowing; nothing fails by it. */
    NOTE,
    /** Mail cannot be sent. */
    BAD
  }
}
