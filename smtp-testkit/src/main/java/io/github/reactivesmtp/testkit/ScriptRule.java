package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a script.
 *
 * @param connection the number of the only connection it is for; 0 for all
 * @param nth which fitting event of a connection it is for, from 1; 0 for each
 * @param nthInTotal the same over all connections
 * @param times how often it applies, over all connections
 * @param chance drawn last; null for certain
 * @param effect whether the command takes effect
 */
record ScriptRule(
    Phase phase,
    int connection,
    int nth,
    int nthInTotal,
    int times,
    @Nullable Predicate<SmtpCommand> condition,
    @Nullable Chance chance,
    Duration delay,
    Effect effect,
    ScriptAction action) {

  /** What a command does to the server's state. */
  enum Effect {
    /** What was said to it has. */
    AS_SAID,
    /** That of an accepted one, whatever is said. */
    ACCEPTED,
    /** None, whatever is said. */
    REFUSED
  }

  boolean fits(int connectionNumber, @Nullable SmtpCommand command) {
    return (connection == 0 || connection == connectionNumber)
        && (condition == null || (command != null && condition.test(command)));
  }

  boolean hits() {
    return chance == null || chance.draw();
  }
}
