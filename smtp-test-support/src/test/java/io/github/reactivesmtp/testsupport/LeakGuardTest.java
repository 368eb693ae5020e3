package io.github.reactivesmtp.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class LeakGuardTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        LeakSpecimens.LeakyBuffer.class,
        LeakSpecimens.LeakySlice.class,
        LeakSpecimens.LeakyInNested.class
      })
  void failsTheClassThatLeaks(Class<?> leaky) {
    List<String> failures = failures(leaky);

    assertThat(failures).singleElement().asString().startsWith("1 leaked by the end of");
    assertThat(failures.get(0))
        .contains("ByteBuf was not released", "leak" + leaky.getSimpleName());
  }

  @Test
  void failsTheClassThatLeaksSomethingElse() {
    assertThat(failures(LeakSpecimens.LeakyHandle.class))
        .singleElement()
        .asString()
        .contains("Handle was not");
  }

  @ParameterizedTest
  @ValueSource(classes = {LeakSpecimens.Releasing.class, LeakSpecimens.Holding.class})
  void leavesAloneWhatLeaksNothing(Class<?> clean) {
    assertThat(failures(clean)).isEmpty();
  }

  @Test
  void tellsTwoLeaksFromOne() {
    LeakSpecimens.leakLeakyBuffer();
    ByteBufAllocator.DEFAULT.heapBuffer(8).touch("the second");

    assertThat(LeakDetection.leaks())
        .hasSize(2)
        .anyMatch(report -> report.contains("leakLeakyBuffer"))
        .anyMatch(report -> report.contains("the second"));
  }

  /** What a run of the class failed with, under the properties that every module's tests have. */
  private static List<String> failures(Class<?> tests) {
    EngineExecutionResults run =
        EngineTestKit.engine("junit-jupiter")
            .enableImplicitConfigurationParameters(true)
            .selectors(selectClass(tests))
            .execute();
    assertThat(run.testEvents().succeeded().count()).isEqualTo(1);
    return Stream.concat(
            run.testEvents().failed().stream(), run.containerEvents().failed().stream())
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .map(result -> result.getThrowable().orElseThrow().getMessage())
        .toList();
  }
}
