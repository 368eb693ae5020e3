package io.github.reactivesmtp.benchmarks.peers;

/** A mail client set up for one {@link Task}. Its connections last from one phase to the next. */
public interface Sender extends AutoCloseable {

  /**
   * Sends messages until the phase has no more, and returns when each has its final reply.
   *
   * @throws Exception what keeps it from going on at all
   */
  void send(Phase phase) throws Exception;

  @Override
  default void close() {}

  /** Sets a client up. */
  @FunctionalInterface
  interface Factory {
    Sender open(Task task) throws Exception;
  }
}
