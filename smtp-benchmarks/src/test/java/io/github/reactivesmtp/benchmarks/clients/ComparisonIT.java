package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.benchmarks.clients.JavaPeer.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred messages, which show that it works and nothing about speed. */
class ComparisonIT {

  private static final Path PEERS = Path.of("peers");
  private static final Bounds BOUNDS = new Bounds(100, 0, 30);

  /** They start soon. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final LoadCase LOAD = new LoadCase(2, 3000, 3, 0);

  @TempDir private Path logs;

  private List<Run> run(LoadCase load, int rounds, @Nullable String sink, Peer... peers)
      throws IOException, InterruptedException {
    Plan plan = new Plan(List.of(load), List.of(peers), rounds, BOUNDS, sink, JVM_OPTIONS, logs);
    List<Run> heard = new ArrayList<>();
    List<Run> runs = new Comparison(plan, heard::add).run();
    assertThat(heard).isEqualTo(runs);
    return runs;
  }

  private static Peer peer(Setup setup) {
    return new JavaPeer(setup, PEERS, JVM_OPTIONS, 256, 1);
  }

  /** A program that says that it sent. */
  private static CommandPeer liar() {
    String java = Jvm.java() + " -cp " + System.getProperty("java.class.path");
    return new CommandPeer("liar", java + " " + Liar.class.getName() + " {seconds}");
  }

  static final class Liar {

    private Liar() {}

    public static void main(String[] arguments) {
      System.out.println("{\"n\":100,\"seconds\":1.5}");
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
              assertThat(run.figures().messages()).isEqualTo(100);
              assertThat(run.figures().p99Millis()).isPositive();
            });
  }

  /** The way each client sends best, from a distance. */
  @Test
  void everyClientComesThroughADelay() throws Exception {
    LoadCase far = new LoadCase(16, 1024, 1, 5);
    Peer[] peers =
        Stream.of(
                Setup.ANGUS_TUNED,
                Setup.SIMPLE_JAVA_MAIL,
                Setup.NIO_SEND,
                Setup.NIO_PIPELINED,
                Setup.STREAMING)
            .map(ComparisonIT::peer)
            .toArray(Peer[]::new);
    assertThat(run(far, 1, null, peers))
        .hasSize(peers.length)
        .allSatisfy(run -> assertThat(run.problem()).isNull());
  }

  @Test
  void aSenderThatDoesNotSendOrIsNotThereIsFoundOut() throws Exception {
    Peer missing = new CommandPeer("missing", "no-such-program {seconds}");
    List<Run> runs = run(LOAD, 1, null, missing, liar());
    assertThat(runs.get(0).figures()).isNull();
    assertThat(runs.get(0).problem()).contains("no-such-program");
    assertThat(runs.get(1).problem()).contains("100 messages").contains("holds 0");
  }
}
