package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpObserver;
import java.util.function.Function;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Tells the user's observer of one connection. */
final class Announcer {

  private static final Logger LOG = Loggers.getLogger(SmtpObserver.class);

  private final SmtpObserver observer;
  private final ConnectionEvent.Id connection;

  Announcer(SmtpObserver observer, ConnectionEvent.Id connection) {
    this.observer = observer;
    this.connection = connection;
  }

  /** Says what happened; an observer that fails is the user's affair, not the connection's. */
  void tell(Function<ConnectionEvent.Id, ConnectionEvent> event) {
    try {
      observer.onEvent(event.apply(connection));
    } catch (RuntimeException failure) {
      LOG.warn("An observer failed on an event of {}", connection, failure);
    }
  }
}
