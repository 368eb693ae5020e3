package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Whoever asks for connections, each event loop has its share of them. */
@Timeout(60)
class SpreadLoopsIT {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int LOOPS = 2;
  private static final int EACH = 3;

  private final LoopResources loops = LoopResources.create("spread", LOOPS, true);
  private final Queue<EventExecutor> used = new ConcurrentLinkedQueue<>();

  @AfterEach
  void disposeLoops() {
    loops.disposeLater(Duration.ZERO, WAIT).block(WAIT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionsAskedForFromOutside(boolean preferNative) {
    sendEachOverAConnectionOfItsOwn(preferNative, Schedulers.immediate());
    assertSpread();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectionsAskedForByALoop(boolean preferNative) {
    EventExecutor loop = loops.onClient(preferNative).iterator().next();
    sendEachOverAConnectionOfItsOwn(preferNative, Schedulers.fromExecutor(loop));
    assertSpread();
  }

  private void sendEachOverAConnectionOfItsOwn(boolean preferNative, Scheduler from) {
    Envelope envelope =
        Envelope.builder().from("a@x.de").to("b@x.de").body(MessageBody.text("Hello\r\n")).build();
    try (SmtpServer server = SmtpServer.builder().start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .pool(pool -> pool.maxConnections(1).maxMessagesPerConnection(1))
              .transport(
                  tcp ->
                      tcp.runOn(loops, preferNative)
                          .doOnConnected(made -> used.add(made.channel().eventLoop())))
              .build();
      for (int i = 0; i < LOOPS * EACH; i++) {
        Mono.defer(() -> client.send(envelope)).subscribeOn(from).block(WAIT);
      }
      client.disposeLater().block(WAIT);
    }
  }

  private void assertSpread() {
    Map<EventExecutor, Long> shares =
        used.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(shares.values()).containsExactly((long) EACH, (long) EACH);
  }
}
