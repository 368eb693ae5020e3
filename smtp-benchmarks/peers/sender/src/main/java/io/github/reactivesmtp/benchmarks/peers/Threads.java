package io.github.reactivesmtp.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Threads for clients that block, one a connection. */
public final class Threads {

  private Threads() {}

  /** Runs the work on so many threads at once, each with its number, and waits for all of them. */
  public static void each(int number, IntConsumer work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int mine = i;
      Thread thread = new Thread(() -> work.accept(mine), "sender-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
