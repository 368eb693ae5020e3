package io.github.reactivesmtp.client.faults;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one case.
 *
 * @param problems what is not as it should be
 * @param ledger null if the case could not be run to its end
 * @param injected how often the fault came
 * @param record what the server heard
 */
record CaseReport(
    FaultCase it, List<String> problems, @Nullable Ledger ledger, int injected, String record) {

  static CaseReport failed(FaultCase it, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return new CaseReport(it, List.of(trace.toString()), null, 0, "");
  }

  boolean isGood() {
    return problems.isEmpty();
  }

  @Override
  public String toString() {
    return it
        + "\n  expected "
        + it.expected()
        + "\n- "
        + String.join("\n- ", problems)
        + "\nThe client says:"
        + ledger
        + "\nThe server heard:"
        + record;
  }
}
