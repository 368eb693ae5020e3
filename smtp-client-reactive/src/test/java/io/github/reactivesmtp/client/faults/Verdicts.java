package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpConfigurationException;
import io.github.reactivesmtp.client.faults.ExpectedOutcomes.Expected;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares what became of the envelopes of one case with {@link ExpectedOutcomes}. */
final class Verdicts {

  private final FaultCase it;
  private final List<Mail> mails;
  private final Ledger ledger;
  private final @Nullable Throwable error;
  private final int injected;
  private final Expected expected;
  private final List<String> problems = new ArrayList<>();

  /** Neighbours that are not known to have arrived. */
  private int neighboursUnknown;

  Verdicts(FaultCase it, List<Mail> mails, Ledger ledger, @Nullable Throwable error, int injected) {
    this.it = it;
    this.mails = mails;
    this.ledger = ledger;
    this.error = error;
    this.injected = injected;
    this.expected = it.expected();
  }

  List<String> problems(int connections) {
    if (injected == 0) {
      problems.add("the fault never came");
    }
    if (expected.isAny(Fate.ERROR)) {
      if (!(error instanceof SmtpConfigurationException)) {
        problems.add("expected an error for every envelope, not " + error);
      }
      return problems;
    }
    if (error != null) {
      problems.add("an error for every envelope: " + error);
      return problems;
    }
    for (Mail mail : mails) {
      SendResult result = ledger.result(mail);
      if (result != null) {
        check(mail, result);
      }
    }
    if (neighboursUnknown > mayTakeAlong()) {
      problems.add(neighboursUnknown + " neighbours UNKNOWN, at most " + mayTakeAlong());
    }
    checkConnections(connections);
    return problems;
  }

  private void check(Mail mail, SendResult result) {
    boolean refused = it.phase() == FaultPhase.RSET && mail.number() == Mail.REFUSED_BEFORE_RSET;
    if (refused && !(it.way().isStreaming() && result.outcome() == Outcome.UNKNOWN)) {
      check(mail, result, mail.recipients(), EnumSet.of(Outcome.REJECTED));
    } else if (isVictim(mail)) {
      check(mail, result, hit(mail), outcomes(Expected::hit));
      List<String> others = new ArrayList<>(mail.recipients());
      others.removeAll(hit(mail));
      check(mail, result, others, outcomes(Expected::others));
    } else if (result.outcome() == Outcome.UNKNOWN && mayTakeAlong() > 0) {
      neighboursUnknown++;
    } else {
      check(mail, result, mail.recipients(), EnumSet.of(Outcome.ACCEPTED));
    }
  }

  private boolean isVictim(Mail mail) {
    boolean befallsOne = it.phase().isTransaction() || it.phase().isIdle();
    return befallsOne
        ? mail.isVictim()
        : it.phase() != FaultPhase.EHLO || it.eachTime() || mail.number() == 1;
  }

  private List<String> hit(Mail mail) {
    return switch (it.phase()) {
      case FIRST_RCPT -> mail.recipients().subList(0, 1);
      case LAST_RCPT -> mail.recipients().subList(2, 3);
      default -> mail.recipients();
    };
  }

  private Set<Outcome> outcomes(Function<Expected, Set<Fate>> whose) {
    Set<Fate> fates = EnumSet.copyOf(whose.apply(expected));
    if (it.fault() == Fault.EXTRA_LATER) {
      // It is for the network to say whether two packets are read as one.
      fates.addAll(whose.apply(ExpectedOutcomes.of(it.phase(), Fault.EXTRA, it.way())));
    }
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    for (Fate fate : fates) {
      Outcome outcome = fate.outcome(it);
      if (outcome != null) {
        outcomes.add(outcome);
      }
    }
    if (it.eachTime() && !it.phase().isTransaction()) {
      // Who has waited for too long behind others that lost each connection is not tried any more.
      outcomes.add(Outcome.NOT_SENT);
    }
    boolean either = whose.apply(expected).size() > 1;
    if (it.eachTime() && either) {
      // The recipients that are tried again may do without the one that it befell.
      outcomes.add(Outcome.ACCEPTED);
    }
    return outcomes;
  }

  private void check(Mail mail, SendResult result, List<String> recipients, Set<Outcome> allowed) {
    for (String recipient : recipients) {
      Outcome outcome = Ledger.outcome(result, recipient);
      if (!allowed.contains(outcome)) {
        problems.add(
            "mail " + mail.number() + ", " + recipient + ": " + outcome + " instead of " + allowed);
      }
    }
  }

  /** How many neighbours may end as UNKNOWN. */
  private int mayTakeAlong() {
    // Its content's end has left with the commands of the victim, or the other way round.
    boolean overlapped = it.way().mode() == Pipelining.OVERLAPPED;
    if (it.way().isStreaming()) {
      return injected * mails.size(); // all that was in the window
    }
    // The reply too many is met by the next message, or by the first on the connection.
    boolean later =
        it.fault() == Fault.EXTRA_LATER
            && it.way().transfer() != Transfer.DATA
            && (it.phase() == FaultPhase.FINAL || it.phase() == FaultPhase.EHLO);
    return overlapped || later ? injected : 0;
  }

  private void checkConnections(int connections) {
    boolean harmless =
        (it.fault() == Fault.SPLIT || it.fault() == Fault.COALESCED)
            || (it.phase() == FaultPhase.QUIT);
    if (harmless && connections != 1) {
      problems.add("1 connection would have done, there were " + connections);
    }
    boolean costsTheConnection =
        it.phase() != FaultPhase.CONNECT
            && (expected.isAny(Fate.UNKNOWN) || expected.isAny(Fate.AGAIN));
    // A window may hold all there is to send, so that nothing is left for another connection.
    if (costsTheConnection && connections < 2 && !it.way().isStreaming()) {
      problems.add("the connection with the fault was used again");
    }
  }
}
