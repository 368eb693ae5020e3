package io.github.reactivesmtp.client.guard;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.tcp.TcpResources;

/** Test classes that do what the guards forbid, or just not: run by {@link GuardsIT} only. */
final class GuardSpecimens {

  private GuardSpecimens() {}

  private static EventLoop loop() {
    return TcpResources.get().onClient(true).next();
  }

  private static void onLoop(Runnable task) throws Exception {
    loop().submit(task).get(10, TimeUnit.SECONDS);
  }

  private static void sleep() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static class SleepsOnEventLoop {
    @Test
    void test() throws Exception {
      onLoop(GuardSpecimens::sleep);
    }
  }

  static class ParksOnEventLoop {
    @Test
    void test() throws Exception {
      onLoop(() -> LockSupport.parkNanos(1));
    }
  }

  static class WaitsOnEventLoop {
    @Test
    void test() throws Exception {
      onLoop(WaitsOnEventLoop::waitUntilSeen);
    }

    /** Waits for who waits to see it wait: a time might be over before. */
    private static void waitUntilSeen() {
      CompletableFuture<Void> seen = new CompletableFuture<>();
      Thread waiting = Thread.currentThread();
      Schedulers.boundedElastic()
          .schedule(
              () -> {
                while (waiting.getState() != Thread.State.WAITING) {
                  Thread.onSpinWait();
                }
                seen.complete(null);
              });
      seen.join();
    }
  }

  static class SleepsOnParallelScheduler {
    @Test
    void test() {
      Mono.fromRunnable(GuardSpecimens::sleep).subscribeOn(Schedulers.parallel()).block();
    }
  }

  static class SleepsWhereItMay {
    @Test
    void test() {
      sleep();
      Mono.fromRunnable(GuardSpecimens::sleep).subscribeOn(Schedulers.boundedElastic()).block();
    }
  }

  static class LeavesConnection {
    static Socket socket;
    static Socket accepted;

    @Test
    void test() throws Exception {
      try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        socket = new Socket(server.getInetAddress(), server.getLocalPort());
        accepted = server.accept();
      }
    }

    static void clean() throws Exception {
      socket.close();
      accepted.close();
    }
  }

  static class LeavesTimerOnEventLoop {
    static io.netty.util.concurrent.ScheduledFuture<?> timer;

    @Test
    void test() {
      timer = loop().schedule(() -> {}, 1, TimeUnit.HOURS);
    }

    static void clean() throws Exception {
      timer.cancel(false);
    }
  }

  static class LeavesTaskOnScheduler {
    static Disposable task;

    @Test
    void test() {
      task = Schedulers.parallel().schedule(() -> {}, 1, TimeUnit.HOURS);
    }

    static void clean() {
      task.dispose();
    }
  }

  static class CleansUp {
    @Test
    void test() throws Exception {
      new LeavesConnection().test();
      new LeavesTimerOnEventLoop().test();
      new LeavesTaskOnScheduler().test();
    }

    @AfterAll
    static void clean() throws Exception {
      LeavesConnection.clean();
      LeavesTimerOnEventLoop.clean();
      LeavesTaskOnScheduler.clean();
    }
  }
}
