package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnheardTest {

  private final List<Map<Outcome, Integer>> logged = new ArrayList<>();
  private final Unheard unheard = new Unheard(logged::add);

  private static SendResult result(Outcome outcome) {
    Envelope envelope =
        Envelope.builder()
            .from("me@from.example")
            .to("you@to.example")
            .body(MessageBody.text("hello"))
            .build();
    return new SendResult(envelope, outcome, List.of(), null, 1, null, null);
  }

  @Test
  void isLoggedOnceWhenNoneIsToCome() {
    unheard.expect(1);
    unheard.expect(1);
    unheard.expect(1);
    unheard.came(result(Outcome.ACCEPTED));
    unheard.came(result(Outcome.UNKNOWN));
    assertThat(logged).isEmpty();
    unheard.came(result(Outcome.ACCEPTED));
    assertThat(logged).containsExactly(Map.of(Outcome.ACCEPTED, 2, Outcome.UNKNOWN, 1));
  }

  @Test
  void isCountedAnewAfterwards() {
    for (int i = 0; i < 2; i++) {
      unheard.expect(1);
      unheard.came(result(Outcome.REJECTED));
    }
    assertThat(logged).containsExactly(Map.of(Outcome.REJECTED, 1), Map.of(Outcome.REJECTED, 1));
  }

  @Test
  void whatWasNotBegunIsNothingToTell() {
    unheard.expect(1);
    unheard.dropped();
    assertThat(logged).isEmpty();
  }

  /** It came on another thread, just when the caller cancelled. */
  @Test
  void whatCameBeforeItWasExpectedIsTold() {
    unheard.came(result(Outcome.ACCEPTED));
    assertThat(logged).isEmpty();
    unheard.expect(2);
    assertThat(logged).isEmpty();
    unheard.came(result(Outcome.ACCEPTED));
    assertThat(logged).containsExactly(Map.of(Outcome.ACCEPTED, 2));
  }
}
