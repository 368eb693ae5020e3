package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays the session to a {@link MailTransaction}: does what it says next, and answers for the
 * server with the codes it was given, one word a reply:
 *
 * <ul>
 *   <li>a code;
 *   <li>{@code lost}: the connection breaks instead of the reply, all octets having left;
 *   <li>{@code cut}, for the content: the connection breaks before the end of it left;
 *   <li>{@code stop}: the play ends here, the reply still due.
 * </ul>
 *
 * <p>The text of each reply names what it answers, so that results show which reply they carry.
 */
final class TransactionPlayer {

  /** How a play ends, where it is not a step of the transaction. */
  static final String LOST = "LOST";

  private final MailTransaction transaction;
  private final Map<String, String> answers = new HashMap<>();
  private final ArrayDeque<String> due = new ArrayDeque<>();
  private final List<String> script = new ArrayList<>();
  private int recipientsNamed;
  private int recipientsAccepted;
  private @Nullable Throwable lost;

  TransactionPlayer(TransactionPlan plan) {
    transaction = new MailTransaction(plan);
    answers.put("RSET", "250");
  }

  /** A plan for so many recipients. */
  static TransactionPlan plan(int recipients, Transfer transfer, boolean pipelined, boolean reset) {
    return plan(recipients, transfer, pipelined, reset, false, false);
  }

  static TransactionPlan plan(
      int recipients,
      Transfer transfer,
      boolean pipelined,
      boolean reset,
      boolean allOrNothing,
      boolean overlapped) {
    return plan(recipients, transfer, false, pipelined, reset, allOrNothing, overlapped);
  }

  /** A plan for LMTP. */
  static TransactionPlan lmtpPlan(
      int recipients, Transfer transfer, boolean pipelined, boolean allOrNothing) {
    return plan(recipients, transfer, true, pipelined, false, allOrNothing, false);
  }

  private static TransactionPlan plan(
      int recipients,
      Transfer transfer,
      boolean lmtp,
      boolean pipelined,
      boolean reset,
      boolean allOrNothing,
      boolean overlapped) {
    List<Recipient> to = new ArrayList<>();
    for (int i = 1; i <= recipients; i++) {
      to.add(new Recipient(MailAddress.parse("r" + i + "@to.example"), RcptParameters.NONE));
    }
    return new TransactionPlan(
        MailAddress.parse("me@from.example"),
        MailParameters.NONE,
        to,
        false,
        transfer,
        lmtp,
        allOrNothing,
        reset,
        pipelined,
        overlapped);
  }

  MailTransaction transaction() {
    return transaction;
  }

  /**
   * What the server answers to {@code RSET}, {@code MAIL}, {@code RCPT1}, {@code CONTENT}, in LMTP
   * {@code CONTENT1}, … Several words answer what is numbered, one after the other.
   */
  TransactionPlayer answer(String to, String... words) {
    for (int i = 0; i < words.length; i++) {
      answers.put(to + (i + 1), words[i]);
    }
    if (words.length > 0) {
      answers.put(to, words[0]);
    }
    return this;
  }

  /**
   * Plays to the end.
   *
   * @return {@code DONE} or {@code ABORT}, {@code CLOSING} or {@code VIOLATION}, {@code LOST}, or
   *     the step at which a {@code stop} was met
   */
  String play() {
    while (true) {
      MailTransaction.Step step = transaction.next();
      switch (step) {
        case SAY -> say();
        case SEND_CONTENT -> {
          transaction.contentBegun();
          transaction.contentWritten();
          written("CONTENT");
        }
        case SEND_LONE_DOT -> {
          transaction.loneDotWritten();
          written("DOT");
        }
        case ABORT, DONE -> {
          return step.name();
        }
        case AWAIT_REPLY -> {
          String end = hear();
          if (end != null) {
            return end;
          }
        }
      }
    }
  }

  private void say() {
    String verb = transaction.nextCommand().verb();
    String name = verb.equals("RCPT") ? "RCPT" + ++recipientsNamed : verb;
    script.add(name);
    due.add(name);
  }

  private void written(String what) {
    script.add(what);
    if (transaction.plan().lmtp()) {
      for (int i = 1; i <= recipientsAccepted; i++) {
        due.add(what + i);
      }
    } else {
      due.add(what);
    }
    if (!"cut".equals(answers.get(what))) {
      transaction.contentLeft();
    }
  }

  /** Gives the next reply; how the play ends, null if it goes on. */
  private @Nullable String hear() {
    String to = due.remove();
    String word = answers.get(to);
    if (word == null) {
      throw new AssertionError("no answer to " + to + " given; so far: " + script());
    }
    return switch (word) {
      case "stop" -> transaction.next().name();
      case "lost", "cut" -> {
        lost = new SmtpException("connection lost");
        yield LOST;
      }
      default -> {
        Verdict verdict = give(Integer.parseInt(word), to);
        yield verdict == Verdict.GO_ON ? null : verdict.name();
      }
    };
  }

  /** Gives a reply, asked for or not. */
  Verdict give(int code, String text) {
    script.add("<" + code);
    recipientsAccepted += text.startsWith("RCPT") && code < 300 ? 1 : 0;
    Verdict verdict = transaction.onReply(SmtpReply.of(code, text));
    if (verdict != Verdict.GO_ON) {
      lost = new SmtpException(verdict.name());
    }
    return verdict;
  }

  /** What was said and heard, such as {@code MAIL RCPT1 <250 <250 CONTENT <250}. */
  String script() {
    return String.join(" ", script);
  }

  TransactionOutcome outcome() {
    return transaction.outcome(lost);
  }

  /** Of each recipient the outcome and the reply, such as {@code REJECTED 550 RCPT1}. */
  String results() {
    return String.join(
        ", ",
        outcome().recipients().stream()
            .map(r -> r.outcome() + " " + (r.reply() == null ? "-" : r.reply()))
            .toList());
  }
}
