package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpObserver;
import java.util.concurrent.atomic.AtomicLong;

/** What became of a load's connections, and what the server said over the last of them. */
final class BenchConnections implements SmtpObserver {

  private final ServerFacts server = new ServerFacts();
  private final AtomicLong opened = new AtomicLong();

  @Override
  public void onEvent(ConnectionEvent event) {
    server.onEvent(event);
    if (event instanceof ConnectionEvent.Ready) {
      opened.incrementAndGet();
    }
  }

  ServerFacts server() {
    return server;
  }

  /** Those that could take mail. */
  long opened() {
    return opened.get();
  }
}
