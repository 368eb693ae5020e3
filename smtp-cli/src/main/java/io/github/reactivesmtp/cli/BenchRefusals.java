package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why messages were not accepted: the first few kinds of reasons, each with an example and how
 * often it was met. Replies that differ in an address, a number or an identifier are of one kind.
 * Not thread-safe.
 */
final class BenchRefusals {

  /**
   * A kind of reason.
   *
   * @param example the first that was met, fit for a line of a terminal
   */
  record Kind(String example, long count) {}

  private static final int KINDS = 5;

  /** What differs from message to message: addresses, and words with a digit in them. */
  private static final Pattern VARYING = Pattern.compile("<[^>]*>|\\S*\\d\\S*");

  private final Map<String, Counter> kinds = new LinkedHashMap<>();
  private final Counter others = new Counter("");

  /** That of the last one, which is often that of the next. */
  private @Nullable SmtpReply lastReply;

  private @Nullable Outcome lastOutcome;
  private Counter last = others;

  void add(SendResult result) {
    RecipientResult refused = refused(result);
    SmtpReply reply = refused.reply();
    if (reply == null || !reply.equals(lastReply) || result.outcome() != lastOutcome) {
      last = counter(result, refused);
      lastReply = reply;
      lastOutcome = result.outcome();
    }
    last.count++;
  }

  private Counter counter(SendResult result, RecipientResult refused) {
    String key = key(result, refused);
    Counter known = kinds.get(key);
    if (known == null && kinds.size() < KINDS) {
      known = new Counter(Problem.of(result));
      kinds.put(key, known);
    }
    return known == null ? others : known;
  }

  /** The recipient that says most: one that the server said something of, if there is one. */
  private static RecipientResult refused(SendResult result) {
    RecipientResult first = result.recipients().get(0);
    for (RecipientResult recipient : result.recipients()) {
      if (recipient.outcome() != Outcome.ACCEPTED && recipient.reply() != null) {
        return recipient;
      }
      first = first.outcome() == Outcome.ACCEPTED ? recipient : first;
    }
    return first;
  }

  private static String key(SendResult result, RecipientResult refused) {
    SmtpReply reply = refused.reply();
    Throwable cause = result.cause();
    String text =
        reply != null
            ? reply.code() + " " + reply.enhancedStatus() + " " + varyingRemoved(reply.text())
            : cause == null ? "" : varyingRemoved(TextLine.of(cause));
    return result.outcome() + " " + refused.phase() + " " + text;
  }

  private static String varyingRemoved(String text) {
    return VARYING.matcher(text).replaceAll("*");
  }

  List<Kind> kinds() {
    return kinds.values().stream().map(c -> new Kind(c.example, c.count)).toList();
  }

  /** Those of further kinds. */
  long others() {
    return others.count;
  }

  private static final class Counter {

    private final String example;
    private long count;

    private Counter(String example) {
      this.example = example;
    }
  }
}
