package io.github.reactivesmtp.testkit;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where a {@link SmtpServer} puts what it accepts. Connections run on several event loops: a sink
 * is called concurrently, though never for two messages of one connection at once.
 */
@FunctionalInterface
public interface MessageSink extends AutoCloseable {

  /**
   * Takes a message, on the event loop: must not block. The client hears 250 after this returns.
   *
   * @throws IOException if the message can't be stored; the client is told 451
   */
  void accept(ReceivedMessage message) throws IOException;

  /**
   * Takes a message and tells when it is stored. The client's 250 waits for that, and its further
   * input as well. A failure means 451. Calls {@link #accept} unless overridden.
   */
  default CompletionStage<?> store(ReceivedMessage message) throws IOException {
    accept(message);
    return CompletableFuture.completedFuture(message);
  }

  /** Called when the server is closed; nothing comes after it. Does nothing unless overridden. */
  @Override
  default void close() {}
}
