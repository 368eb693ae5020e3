package io.github.reactivesmtp.client.faults;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Every fault at every moment in every mode: each envelope has one result, and it is true. One test
 * for each cell of the table in {@link ExpectedOutcomes}; the cases of all cells run side by side.
 */
@Timeout(300)
class FaultMatrixIT {

  private static final int AT_ONCE = 16;

  /** Cases that do little but wait. */
  private static final int SILENT_AT_ONCE = 64;

  private static List<CaseReport> reports = List.of();

  @TestFactory
  Stream<DynamicTest> eachFaultInEachPhase() {
    reports = runAll(FaultCase.all());
    Map<String, List<CaseReport>> cells =
        reports.stream()
            .collect(
                Collectors.groupingBy(
                    report -> report.it().cell(), LinkedHashMap::new, Collectors.toList()));
    return cells.entrySet().stream()
        .map(cell -> DynamicTest.dynamicTest(cell.getKey(), () -> assertGood(cell.getValue())));
  }

  /** In the order of the cases. Those that wait for silence do so beside the others. */
  static List<CaseReport> runAll(List<FaultCase> cases) {
    Map<Boolean, List<FaultCase>> bySilence =
        cases.stream().collect(Collectors.partitioningBy(FaultCase::isSilence));
    Scheduler scheduler =
        Schedulers.newBoundedElastic(AT_ONCE + SILENT_AT_ONCE, cases.size(), "fault-matrix");
    try {
      Map<FaultCase, CaseReport> done =
          Flux.merge(
                  run(bySilence.get(true), SILENT_AT_ONCE, scheduler),
                  run(bySilence.get(false), AT_ONCE, scheduler))
              .collectMap(CaseReport::it)
              .block();
      return cases.stream().map(done::get).toList();
    } finally {
      scheduler.dispose();
    }
  }

  private static Flux<CaseReport> run(List<FaultCase> cases, int atOnce, Scheduler scheduler) {
    return Flux.fromIterable(cases)
        .flatMap(it -> Mono.fromCallable(() -> CaseRun.run(it)).subscribeOn(scheduler), atOnce);
  }

  private static void assertGood(List<CaseReport> cell) {
    List<CaseReport> bad = cell.stream().filter(report -> !report.isGood()).toList();
    if (bad.isEmpty()) {
      return;
    }
    fail(
        bad.size()
            + " of "
            + cell.size()
            + " cases\n"
            + bad.stream().limit(5).map(CaseReport::toString).collect(Collectors.joining("\n")));
  }

  @AfterAll
  static void tell() {
    System.out.println(summary(reports));
  }

  static String summary(List<CaseReport> reports) {
    return ("fault matrix: %d cases, %d faults injected, %d envelopes, "
            + "lost %d, silent duplicates %d, false failures %d")
        .formatted(
            reports.size(),
            reports.stream().mapToInt(CaseReport::injected).sum(),
            reports.size() * Mail.COUNT,
            sum(reports, Ledger::lost),
            sum(reports, Ledger::duplicates),
            sum(reports, Ledger::falseFailures));
  }

  private static int sum(List<CaseReport> reports, ToIntFunction<Ledger> count) {
    return reports.stream().mapToInt(report -> count(report.ledger(), count)).sum();
  }

  private static int count(@Nullable Ledger ledger, ToIntFunction<Ledger> count) {
    return ledger == null ? 0 : count.applyAsInt(ledger);
  }
}
