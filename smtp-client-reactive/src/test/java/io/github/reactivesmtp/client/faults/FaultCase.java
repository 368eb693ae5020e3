package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.faults.ExpectedOutcomes.Expected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case of the matrix.
 *
 * @param scripted the fault as a server's script brings it about; null for the phases that none can
 * @param idle the same for idle connections
 * @param eachTime whether it befalls each attempt, or only the first
 * @param contentRefused whether the server refuses the victim's content besides, so that whoever
 *     takes another reply for that to the content is found out
 */
record FaultCase(
    FaultPhase phase,
    Fault fault,
    @Nullable Injection scripted,
    @Nullable IdleInjection idle,
    Way way,
    boolean eachTime,
    boolean contentRefused) {

  /** All there are, by the rules of {@link ExpectedOutcomes} and those here. */
  static List<FaultCase> all() {
    List<FaultCase> cases = new ArrayList<>();
    for (FaultPhase phase : FaultPhase.values()) {
      for (Fault fault : Fault.values()) {
        for (Way way : Way.all()) {
          if (!isLeftOut(phase, fault, way)) {
            add(cases, phase, fault, way);
          }
        }
      }
    }
    return cases;
  }

  private static boolean isLeftOut(FaultPhase phase, Fault fault, Way way) {
    boolean oneDueAtATime = fault == Fault.COALESCED && way.mode() == Pipelining.OFF;
    boolean oneChunk = phase == FaultPhase.MID_BODY && way.transfer() == Transfer.BDAT_AT_ONCE;
    return ExpectedOutcomes.isLeftOut(phase, fault, way) || oneDueAtATime || oneChunk;
  }

  private static void add(List<FaultCase> cases, FaultPhase phase, Fault fault, Way way) {
    switch (phase) {
      case CONNECT -> {
        cases.add(new FaultCase(phase, fault, null, null, way, true, false));
        if (fault == Fault.RESET) {
          cases.add(new FaultCase(phase, fault, null, null, way, false, false));
        }
      }
      case IDLE, LONG_IDLE -> {
        for (IdleInjection idle : IdleInjection.of(fault)) {
          cases.add(new FaultCase(phase, fault, null, idle, way, false, false));
        }
      }
      default -> {
        for (Injection scripted : Injection.of(phase, fault, way.transfer())) {
          addScripted(cases, new FaultCase(phase, fault, scripted, null, way, false, false));
        }
      }
    }
  }

  private static void addScripted(List<FaultCase> cases, FaultCase once) {
    cases.add(once);
    // The first transaction of a connection has no RSET; what comes after QUIT is nobody's.
    if (once.phase != FaultPhase.RSET && once.phase != FaultPhase.QUIT) {
      cases.add(new FaultCase(once.phase, once.fault, once.scripted, null, once.way, true, false));
    }
    boolean oneTooMany = once.fault == Fault.EXTRA || once.fault == Fault.EXTRA_LATER;
    if (oneTooMany && once.phase.isTransaction() && once.phase != FaultPhase.FINAL) {
      cases.add(new FaultCase(once.phase, once.fault, once.scripted, null, once.way, false, true));
    }
  }

  Expected expected() {
    return ExpectedOutcomes.of(phase, fault, way);
  }

  /** Whether the fault is told by time alone. */
  boolean isSilence() {
    return fault == Fault.HANG;
  }

  /** What stands in for all cases of a cell of the table. */
  String cell() {
    return phase + " " + fault;
  }

  @Override
  public String toString() {
    String name = scripted != null ? scripted.name() : idle != null ? idle.name() : "";
    return cell()
        + (name.isEmpty() ? "" : " (" + name + ")")
        + ", "
        + way
        + (eachTime ? ", each time" : ", once")
        + (contentRefused ? ", content refused" : "");
  }
}
