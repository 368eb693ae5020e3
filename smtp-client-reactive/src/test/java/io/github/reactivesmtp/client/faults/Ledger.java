package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client says became of each recipient against what the server has. Holds for every case,
 * whatever the fault: nobody is told of a message that is not there, nobody gets it twice, and what
 * is there is not said to have failed.
 */
final class Ledger {

  /** Begins what is said of a message that came under the sender of another. */
  static final String ANOTHERS_SENDER = "under another's sender: ";

  private final Map<Integer, SendResult> results = new LinkedHashMap<>();
  private final Map<String, Integer> stored = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int lost;
  private int duplicates;
  private int falseFailures;

  /**
   * @param error what was signalled for every envelope; those without a result were not sent
   */
  Ledger(
      List<Mail> mails,
      List<SendResult> given,
      @Nullable Throwable error,
      List<ReceivedMessage> server) {
    for (SendResult result : given) {
      if (results.put((Integer) result.envelope().tag(), result) != null) {
        problems.add("a second result for mail " + result.envelope().tag());
      }
    }
    server.forEach(message -> enter(mails, message));
    for (Mail mail : mails) {
      SendResult result = results.get(mail.number());
      if (result == null && error == null) {
        problems.add("no result for mail " + mail.number());
      }
      for (String recipient : mail.recipients()) {
        compare(recipient, result == null ? Outcome.NOT_SENT : outcome(result, recipient));
      }
    }
  }

  private void enter(List<Mail> mails, ReceivedMessage message) {
    Mail mail =
        mails.stream().filter(one -> one.content().equals(message.text())).findFirst().orElse(null);
    if (mail == null) {
      problems.add("nobody's content: " + message);
      return;
    }
    if (!mail.sender().equals(String.valueOf(message.reversePath()))) {
      problems.add(ANOTHERS_SENDER + message);
    }
    for (var recipient : message.recipients()) {
      String address = recipient.forwardPath().toString();
      if (!mail.recipients().contains(address)) {
        problems.add("went to " + address + ", who is not among its recipients: " + message);
      }
      stored.merge(address, 1, Integer::sum);
    }
  }

  private void compare(String recipient, Outcome told) {
    int copies = stored.getOrDefault(recipient, 0);
    if (told == Outcome.ACCEPTED && copies == 0) {
      lost++;
      problems.add("LOST: " + recipient + " is said to be accepted and is not there");
    }
    if (copies > 1) {
      duplicates++;
      problems.add("SILENT DUPLICATE: " + recipient + " is there " + copies + " times");
    }
    if (copies > 0 && told != Outcome.ACCEPTED && told != Outcome.UNKNOWN) {
      falseFailures++;
      problems.add("FALSE FAILURE: " + recipient + " is there and said to be " + told);
    }
  }

  /** What the client says of a mail; null for nothing. */
  @Nullable SendResult result(Mail mail) {
    return results.get(mail.number());
  }

  static Outcome outcome(SendResult result, String recipient) {
    return result.recipients().stream()
        .filter(one -> one.address().toString().equals(recipient))
        .map(RecipientResult::outcome)
        .findFirst()
        .orElseThrow();
  }

  List<String> problems() {
    return problems;
  }

  int lost() {
    return lost;
  }

  int duplicates() {
    return duplicates;
  }

  int falseFailures() {
    return falseFailures;
  }

  /** One line for each mail: what the client says, and what the server has. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    results.forEach(
        (number, result) -> {
          text.append("\n  mail ").append(number).append(": attempts ").append(result.attempts());
          result
              .recipients()
              .forEach(
                  one ->
                      text.append(", ")
                          .append(one.address())
                          .append(' ')
                          .append(one.outcome())
                          .append(" (stored ")
                          .append(stored.getOrDefault(one.address().toString(), 0))
                          .append(')'));
          if (result.cause() != null) {
            text.append("; ").append(result.cause().getMessage());
          }
        });
    return text.toString();
  }
}
