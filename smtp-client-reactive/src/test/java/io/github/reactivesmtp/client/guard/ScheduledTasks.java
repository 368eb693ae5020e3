package io.github.reactivesmtp.client.guard;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;
import reactor.netty.tcp.TcpResources;

/** What waits for its time on the event loops and on Reactor's schedulers. */
final class ScheduledTasks {

  private static final Queue<ScheduledThreadPoolExecutor> POOLS = new ConcurrentLinkedQueue<>();

  /** Netty has no way to ask. */
  private static final Field LOOP_QUEUE = loopQueue();

  private ScheduledTasks() {}

  /** Must be called before Reactor makes its schedulers. */
  static void watch() {
    Schedulers.addExecutorServiceDecorator(
        ScheduledTasks.class.getName(),
        (scheduler, executor) -> {
          if (executor instanceof ScheduledThreadPoolExecutor pool) {
            POOLS.add(pool);
          }
          return executor;
        });
  }

  static List<String> list() throws Exception {
    List<String> tasks = new ArrayList<>();
    for (ScheduledThreadPoolExecutor pool : POOLS) {
      pool.getQueue().forEach(task -> tasks.add("a scheduler's " + task));
    }
    for (boolean preferNative : List.of(true, false)) {
      EventLoopGroup loops = TcpResources.get().onClient(preferNative);
      for (EventExecutor loop : loops) {
        tasks.addAll(loop.submit(() -> ofLoop(loop)).get(10, TimeUnit.SECONDS));
      }
    }
    return tasks;
  }

  private static List<String> ofLoop(EventExecutor loop) throws IllegalAccessException {
    Collection<?> queue = (Collection<?>) LOOP_QUEUE.get(loop);
    return queue == null
        ? List.of()
        : queue.stream().map(task -> "an event loop's " + task).toList();
  }

  private static Field loopQueue() {
    try {
      Field field = AbstractScheduledEventExecutor.class.getDeclaredField("scheduledTaskQueue");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new LinkageError("Netty keeps its scheduled tasks elsewhere now", e);
    }
  }
}
