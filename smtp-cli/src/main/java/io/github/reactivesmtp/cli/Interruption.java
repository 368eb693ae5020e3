package io.github.reactivesmtp.cli;

import java.util.concurrent.CountDownLatch;

/**
 * What happens on Ctrl-C, or when the process is told to end. The JVM ends when its shutdown hooks
 * have run, so the hook waits for the command to say what it knows.
 */
final class Interruption {

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /** From now on an interruption runs {@code action} and waits until {@link #over}. */
  Interruption(Runnable action) {
    hook =
        new Thread(
            () -> {
              action.run();
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "smtp-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The command has said what it knows. */
  void over() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: the JVM is on its way down.
    }
  }
}
