package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in one line why an envelope was not accepted. */
final class Problem {

  private static final int RECIPIENTS_SHOWN = 3;

  private static final String IN_DOUBT = " Sent again it may arrive twice.";

  private Problem() {}

  /** Without the name of the message, which stands in front of it. */
  static String of(SendResult result) {
    @Nullable Throwable cause = result.cause();
    String why = cause == null ? "" : TextLine.of(cause);
    return switch (result.outcome()) {
      case ACCEPTED -> "accepted";
      case NOT_SENT -> "not sent: " + (why.isEmpty() ? refusals(result) : why);
      case UNKNOWN ->
          "it is not known whether the server has it: "
              + (why.isEmpty() ? refusals(result) : why)
              + IN_DOUBT;
      case REJECTED -> "rejected: " + refusals(result);
      case DEFERRED -> "deferred, send it again later: " + refusals(result);
      case PARTIAL -> partial(result, why);
    };
  }

  private static String partial(SendResult result, String why) {
    String whom =
        has(result, Outcome.ACCEPTED)
            ? "accepted for some recipients only: "
            : "accepted for no recipient: ";
    String rest = why.isEmpty() ? "" : "; " + why;
    return whom + refusals(result) + rest + (has(result, Outcome.UNKNOWN) ? IN_DOUBT : "");
  }

  private static boolean has(SendResult result, Outcome outcome) {
    return result.recipients().stream().anyMatch(r -> r.outcome() == outcome);
  }

  private static String refusals(SendResult result) {
    List<RecipientResult> refused =
        result.recipients().stream().filter(r -> r.outcome() != Outcome.ACCEPTED).toList();
    String shown =
        refused.stream()
            .limit(RECIPIENTS_SHOWN)
            .map(r -> "<" + r.address() + "> " + reason(r))
            .collect(Collectors.joining("; "));
    int more = refused.size() - RECIPIENTS_SHOWN;
    return TextLine.of(more > 0 ? shown + "; and " + more + " more" : shown);
  }

  private static String reason(RecipientResult recipient) {
    return recipient.reply() == null ? recipient.outcome().name() : recipient.reply().toString();
  }
}
