package io.github.reactivesmtp.client.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.reactivesmtp.client.guard.GuardSpecimens.LeavesConnection;
import io.github.reactivesmtp.client.guard.GuardSpecimens.LeavesTaskOnScheduler;
import io.github.reactivesmtp.client.guard.GuardSpecimens.LeavesTimerOnEventLoop;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The guards are at work, and they are fair. */
class GuardsIT {

  @BeforeEach
  void waitLessLong() {
    LeftoverGuard.patience = Duration.ofMillis(50);
  }

  @AfterEach
  void cleanUp() throws Exception {
    LeftoverGuard.patience = LeftoverGuard.PATIENCE;
  }

  @ParameterizedTest
  @CsvSource({
    "SleepsOnEventLoop, java.lang.Thread.sleep",
    "ParksOnEventLoop, jdk.internal.misc.Unsafe#park",
    "WaitsOnEventLoop, jdk.internal.misc.Unsafe#park",
    "SleepsOnParallelScheduler, java.lang.Thread.sleep",
  })
  void aCallThatBlocksFailsTheTest(String specimen, String call) throws Exception {
    assertThat(failures(specimen))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("Blocked during test()")
                    .hasMessageContaining(call)
                    .hasStackTraceContaining("GuardSpecimens"));
  }

  @Test
  void aConnectionLeftFailsTheClass() throws Exception {
    assertLeft("LeavesConnection", "in state 01");
    LeavesConnection.clean();
  }

  @Test
  void aTimerOfAnEventLoopLeftFailsTheClass() throws Exception {
    assertLeft("LeavesTimerOnEventLoop", "an event loop's");
    LeavesTimerOnEventLoop.clean();
  }

  @Test
  void aTaskOfASchedulerLeftFailsTheClass() throws Exception {
    assertLeft("LeavesTaskOnScheduler", "a scheduler's");
    LeavesTaskOnScheduler.clean();
  }

  private static void assertLeft(String specimen, String what) throws Exception {
    assertThat(failures(specimen))
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageStartingWith("GuardSpecimens$" + specimen + " left behind:")
                    .hasMessageContaining(what));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SleepsWhereItMay", "CleansUp"})
  void whatIsAllowedPasses(String specimen) throws Exception {
    assertThat(failures(specimen)).isEmpty();
  }

  /** A server that only listens is no connection. */
  @Test
  void listeningIsNoConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      assertThat(server.isBound()).isTrue();
      assertThat(OpenConnections.list()).isEmpty();
    }
  }

  /** What a run of the class failed with. */
  private static Stream<Throwable> failures(String specimen) throws Exception {
    EngineExecutionResults run =
        EngineTestKit.engine("junit-jupiter")
            .enableImplicitConfigurationParameters(true)
            .selectors(selectClass(Class.forName(GuardSpecimens.class.getName() + "$" + specimen)))
            .execute();
    assertThat(run.testEvents().started().count()).isEqualTo(1);
    return Stream.concat(
            run.testEvents().failed().stream(), run.containerEvents().failed().stream())
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow());
  }
}
