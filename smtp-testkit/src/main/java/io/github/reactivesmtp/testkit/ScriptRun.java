package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** A script in use by one server: which rule is next, counted over all connections. Thread-safe. */
final class ScriptRun {

  private final ScriptRule[] rules;
  private final Set<Phase> phases = EnumSet.noneOf(Phase.class);
  private final AtomicIntegerArray seenInTotal;
  private final AtomicIntegerArray uses;

  ScriptRun(List<ScriptRule> rules) {
    this.rules = rules.toArray(ScriptRule[]::new);
    for (ScriptRule rule : this.rules) {
      phases.add(rule.phase());
    }
    seenInTotal = new AtomicIntegerArray(this.rules.length);
    uses = new AtomicIntegerArray(this.rules.length);
  }

  /** The same script as one connection sees it. */
  Cursor connection(int number) {
    return new Cursor(number);
  }

  private boolean use(int rule) {
    int limit = rules[rule].times();
    return uses.getAndUpdate(rule, used -> used < limit ? used + 1 : used) < limit;
  }

  /** Confined to its connection's event loop. */
  final class Cursor {

    private final int connection;
    private final int[] seen = new int[rules.length];

    private Cursor(int connection) {
      this.connection = connection;
    }

    /**
     * The rule for what is happening; null to go on as usual. Every fitting rule counts the event,
     * the first whose counters are right as well has it.
     */
    @Nullable ScriptRule next(Phase phase, @Nullable SmtpCommand command) {
      if (!phases.contains(phase)) {
        return null;
      }
      ScriptRule found = null;
      for (int i = 0; i < rules.length; i++) {
        ScriptRule rule = rules[i];
        if (rule.phase() != phase || !rule.fits(connection, command)) {
          continue;
        }
        int here = ++seen[i];
        int inTotal = seenInTotal.incrementAndGet(i);
        if (found == null
            && (rule.nth() == 0 || rule.nth() == here)
            && (rule.nthInTotal() == 0 || rule.nthInTotal() == inTotal)
            && rule.hits()
            && use(i)) {
          found = rule;
        }
      }
      return found;
    }
  }
}
