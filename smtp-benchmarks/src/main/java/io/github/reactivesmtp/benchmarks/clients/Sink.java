package io.github.reactivesmtp.benchmarks.clients;

import java.io.IOException;

/** The server that takes the mail. */
interface Sink extends AutoCloseable {

  /** Where it listens. */
  Endpoint endpoint();

  /**
   * What it holds since it was started or asked before. Called once, when the sender has ended.
   *
   * @throws IOException if it does not say
   */
  SinkStats stats() throws IOException, InterruptedException;

  @Override
  void close();
}
