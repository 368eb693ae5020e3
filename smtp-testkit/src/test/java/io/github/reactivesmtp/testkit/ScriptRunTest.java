package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScriptRunTest {

  private static int code(ScriptRun.Cursor cursor) {
    ScriptRule rule = cursor.next(Phase.NOOP, SmtpCommand.NOOP);
    if (rule == null) {
      return 0;
    }
    SmtpReply reply = ((ScriptAction.Reply) rule.action()).reply();
    return reply.code();
  }

  @Test
  void theFirstMatchWins() {
    ScriptRun run =
        run(SmtpScript.builder().on(Phase.NOOP).reply(450).on(Phase.NOOP).reply(451).build());
    assertThat(code(run.connection(1))).isEqualTo(450);
  }

  @Test
  void rulesThatApplyOnceFollowEachOther() {
    ScriptRun run =
        run(
            SmtpScript.builder()
                .on(Phase.NOOP)
                .once()
                .reply(450)
                .on(Phase.NOOP)
                .times(2)
                .reply(451)
                .build());
    ScriptRun.Cursor one = run.connection(1);
    ScriptRun.Cursor two = run.connection(2);
    assertThat(List.of(code(one), code(two), code(one), code(two)))
        .containsExactly(450, 451, 451, 0);
  }

  @Test
  void countsEventsAlsoWhenAnotherRuleHasThem() {
    ScriptRun run =
        run(
            SmtpScript.builder()
                .on(Phase.NOOP)
                .nth(1)
                .reply(450)
                .on(Phase.NOOP)
                .nth(2)
                .reply(451)
                .build());
    ScriptRun.Cursor one = run.connection(1);
    assertThat(List.of(code(one), code(one), code(one))).containsExactly(450, 451, 0);
    assertThat(code(run.connection(2))).isEqualTo(450);
  }

  @Test
  void countsRightUnderManyConnections() throws Exception {
    int threads = 4;
    int events = 5000;
    ScriptRun run =
        run(
            SmtpScript.builder()
                .on(Phase.NOOP)
                .nthInTotal(1234)
                .reply(450)
                .on(Phase.NOOP)
                .times(1000)
                .reply(451)
                .on(Phase.NOOP)
                .nth(events)
                .reply(452)
                .build());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Integer>>> running = new ArrayList<>();
      for (int t = 1; t <= threads; t++) {
        ScriptRun.Cursor cursor = run.connection(t);
        running.add(
            pool.submit(
                () -> {
                  List<Integer> codes = new ArrayList<>();
                  for (int i = 0; i < events; i++) {
                    codes.add(code(cursor));
                  }
                  return codes;
                }));
      }
      List<Integer> all = new ArrayList<>();
      for (Future<List<Integer>> codes : running) {
        all.addAll(codes.get());
      }
      assertThat(all.stream().filter(c -> c == 450)).hasSize(1);
      assertThat(all.stream().filter(c -> c == 451)).hasSize(1000);
      assertThat(all.stream().filter(c -> c == 452)).hasSize(threads);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void chanceHitsInItsShareOfTheEventsTheSameForTheSameSeed() {
    Chance chance = Chance.of(0.05, 7);
    List<Integer> codes = new ArrayList<>();
    List<Integer> again = new ArrayList<>();
    List<Integer> other = new ArrayList<>();
    ScriptRun.Cursor cursor = byChance(chance);
    ScriptRun.Cursor cursorAgain = byChance(Chance.of(0.05, 7));
    ScriptRun.Cursor cursorOther = byChance(Chance.of(0.05, 8));
    for (int i = 0; i < 100_000; i++) {
      codes.add(code(cursor));
      again.add(code(cursorAgain));
      other.add(code(cursorOther));
    }
    assertThat(codes).isEqualTo(again).isNotEqualTo(other);
    long hits = codes.stream().filter(c -> c == 450).count();
    assertThat(hits).isBetween(4_700L, 5_300L).isEqualTo(chance.hits());
    assertThat(chance.draws()).isEqualTo(100_000);
  }

  private static ScriptRun.Cursor byChance(Chance chance) {
    return run(SmtpScript.builder().on(Phase.NOOP).chance(chance).reply(450).build()).connection(1);
  }

  @Test
  void chanceIsDrawnOnlyForEventsThatNoEarlierRuleHas() {
    Chance certain = Chance.of(1, 1);
    Chance never = Chance.of(0, 1);
    ScriptRun run =
        run(
            SmtpScript.builder()
                .on(Phase.NOOP)
                .nth(1)
                .reply(450)
                .on(Phase.NOOP)
                .chance(never)
                .reply(451)
                .on(Phase.NOOP)
                .chance(certain)
                .reply(452)
                .build());
    ScriptRun.Cursor one = run.connection(1);
    assertThat(List.of(code(one), code(one), code(one))).containsExactly(450, 452, 452);
    assertThat(List.of(never.draws(), never.hits())).containsExactly(2L, 0L);
    assertThat(List.of(certain.draws(), certain.hits())).containsExactly(2L, 2L);
  }

  @Test
  void refusesSenselessNumbers() {
    SmtpScript.RuleBuilder rule = SmtpScript.builder().on(Phase.MAIL);
    assertThatThrownBy(() -> Chance.of(1.1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Chance.of(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule.nth(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule.delay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule.reply(99, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rule.reply(250, "a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ScriptRun run(SmtpScript script) {
    return new ScriptRun(script.rules());
  }
}
