package io.github.reactivesmtp.client.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class that leaves a connection, a timer of a connection or a task of a scheduler
 * behind. Goodbyes take a moment: it looks until nothing is left, or for as long as {@link
 * #PATIENCE}.
 */
public final class LeftoverGuard implements AfterAllCallback {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Less only where it is known that something is left. */
  static volatile Duration patience = PATIENCE;

  static {
    ScheduledTasks.watch();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    boolean nested = context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    if (nested) {
      return;
    }
    List<String> left = await();
    if (!left.isEmpty()) {
      throw new AssertionError(
          context.getDisplayName() + " left behind:\n" + String.join("\n", left));
    }
  }

  /** What is left after a while; in most cases there is nothing, and no while. */
  public static List<String> await() throws Exception {
    List<String> left = left();
    for (long since = System.nanoTime();
        !left.isEmpty() && System.nanoTime() - since < patience.toNanos();
        left = left()) {
      LockSupport.parkNanos(5_000_000);
    }
    return left;
  }

  private static List<String> left() throws Exception {
    List<String> left = new ArrayList<>(OpenConnections.list());
    left.addAll(ScheduledTasks.list());
    return left;
  }
}
