package io.github.reactivesmtp.client;

/**
 * Hears what happens to a client's connections. Called on event loops, so it must not block; what
 * it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface SmtpObserver {

  /** Something happened. */
  void onEvent(ConnectionEvent event);
}
