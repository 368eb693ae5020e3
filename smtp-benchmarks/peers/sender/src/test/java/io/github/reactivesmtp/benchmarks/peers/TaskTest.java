package io.github.reactivesmtp.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskTest {

  @Test
  void isReadFromTheArguments() {
    Task task =
        Task.of(
            "--peer",
            "a",
            "--mode",
            "b",
            "--host",
            "c",
            "--port",
            "1",
            "--messages",
            "2",
            "--warmup",
            "0.5",
            "--seconds",
            "1.5",
            "--size",
            "3",
            "--recipients",
            "4",
            "--connections",
            "5",
            "--window",
            "6",
            "--loops",
            "7");
    assertThat(task).isEqualTo(new Task("a", "b", "c", 1, 2, 0.5, 1.5, 3, 4, 5, 6, 7));
    assertThat(task.usefulLoops()).isEqualTo(5);
    assertThat(task.to()).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Task.of("--speed", "9")).hasMessageContaining("--speed");
    assertThatThrownBy(() -> Task.of("--port")).hasMessageContaining("--port");
  }
}
