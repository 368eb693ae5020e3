package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.benchmarks.clients.JavaPeer.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few hundred messages, which show that it works and nothing about speed. */
class ComparisonIT {

  private static final Path PEERS = Path.of("peers");
  private static final Bounds BOUNDS = new Bounds(300, 0.1, 30);
  private static final LoadCase LOAD = new LoadCase(2, 3000, 3, 0);

  @TempDir private Path logs;

  private List<Run> run(LoadCase load, int rounds, @Nullable String sink, Peer... peers)
      throws InterruptedException {
    Plan plan =
        new Plan(List.of(load), List.of(peers), rounds, BOUNDS, sink, List.of("-Xmx256m"), logs);
    List<Run> heard = new ArrayList<>();
    List<Run> runs = new Comparison(plan, heard::add).run();
    assertThat(heard).isEqualTo(runs);
    return runs;
  }

  private static Peer peer(Setup setup) {
    return new JavaPeer(setup, PEERS, List.of("-Xmx256m"), 256);
  }

  /** A program that says that it sent. */
  private static CommandPeer liar() {
    String java = Jvm.java() + " -cp " + System.getProperty("java.class.path");
    return new CommandPeer("liar", java + " " + Liar.class.getName() + " {seconds}");
  }

  static final class Liar {

    private Liar() {}

    public static void main(String[] arguments) {
      System.out.println("{\"n\":300,\"seconds\":1.5}");
    }
  }

  @Test
  void sendersTakeTurnsAndTheSinkHoldsWhatTheySent() throws Exception {
    Peer ours = peer(Setup.GROUPED);
    Peer vertx = peer(Setup.VERTX);
    List<Run> runs = run(LOAD, 2, null, ours, vertx);
    assertThat(runs).extracting(Run::peer).containsExactly(ours, vertx, ours, vertx);
    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.problem()).isNull();
              assertThat(run.figures()).isNotNull();
              assertThat(run.figures().messages()).isEqualTo(300);
              assertThat(run.figures().p99Millis()).isPositive();
            });
  }

  @Test
  void everySenderComesThroughADelay() throws Exception {
    LoadCase far = new LoadCase(16, 1024, 1, 5);
    List<Peer> peers = new ArrayList<>();
    for (Setup setup : Setup.values()) {
      peers.add(peer(setup));
    }
    List<Run> runs = run(far, 1, null, peers.toArray(Peer[]::new));
    assertThat(runs)
        .hasSize(Setup.values().length)
        .allSatisfy(run -> assertThat(run.problem()).isNull());
  }

  @Test
  void aSenderThatDoesNotSendIsFoundOut() throws Exception {
    assertThat(run(LOAD, 1, null, liar()))
        .singleElement()
        .satisfies(run -> assertThat(run.problem()).contains("300 messages").contains("holds 0"));
  }

  @Test
  void aProgramThatIsNotThereDoesNotEndTheComparison() throws Exception {
    Peer missing = new CommandPeer("missing", "no-such-program {messages}");
    List<Run> runs = run(LOAD, 1, null, missing, peer(Setup.OVERLAPPED));
    assertThat(runs.get(0).figures()).isNull();
    assertThat(runs.get(0).problem()).contains("no-such-program");
    assertThat(runs.get(1).problem()).isNull();
  }
}
