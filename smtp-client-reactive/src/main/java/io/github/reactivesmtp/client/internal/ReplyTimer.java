package io.github.reactivesmtp.client.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline, moved often: a task is scheduled only when the deadline comes nearer, and a task
 * that finds it moved away schedules itself anew. Confined to the event loop.
 */
final class ReplyTimer {

  private final EventLoop loop;
  private final Runnable onTimeout;
  private boolean armed;
  private long deadline;
  private long scheduledFor;
  private @Nullable ScheduledFuture<?> task;

  ReplyTimer(EventLoop loop, Runnable onTimeout) {
    this.loop = loop;
    this.onTimeout = onTimeout;
  }

  void arm(Duration timeout) {
    armed = true;
    deadline = loop.ticker().nanoTime() + timeout.toNanos();
    if (task != null && scheduledFor - deadline > 0) {
      task.cancel(false);
      task = null;
    }
    if (task == null) {
      schedule();
    }
  }

  void disarm() {
    armed = false;
  }

  void stop() {
    armed = false;
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  private void schedule() {
    scheduledFor = deadline;
    task = loop.schedule(this::run, deadline - loop.ticker().nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    task = null;
    if (!armed) {
      return;
    }
    if (deadline - loop.ticker().nanoTime() > 0) {
      schedule();
    } else {
      armed = false;
      onTimeout.run();
    }
  }
}
