package io.github.reactivesmtp.testkit;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one server knows of all its connections together. Thread-safe. */
final class ServerLog {

  private static final int MAX_FAILURES = 100;

  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final LongAdder accepted = new LongAdder();
  private final AtomicInteger tlsConnections = new AtomicInteger();
  private volatile @Nullable String lastServerName;
  private final List<Throwable> failures = new ArrayList<>();
  private final @Nullable Transcript transcript;

  ServerLog(@Nullable Transcript transcript) {
    this.transcript = transcript;
  }

  /** Numbers a new connection, from 1. */
  int opened(Channel channel) {
    open.add(channel);
    return connections.incrementAndGet();
  }

  void closed(Channel channel) {
    open.remove(channel);
  }

  void secured(TlsSession session) {
    lastServerName = session.serverName();
    tlsConnections.incrementAndGet();
  }

  void messageAccepted() {
    accepted.increment();
  }

  /** Something went wrong that is no fault of a client: a sink's or a predicate's exception. */
  void failed(Throwable cause) {
    synchronized (failures) {
      if (failures.size() < MAX_FAILURES) {
        failures.add(cause);
      }
    }
  }

  int connections() {
    return connections.get();
  }

  int tlsConnections() {
    return tlsConnections.get();
  }

  @Nullable String lastServerName() {
    return lastServerName;
  }

  Set<Channel> open() {
    return open;
  }

  long accepted() {
    return accepted.sum();
  }

  List<Throwable> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** Null when none is kept. */
  @Nullable Transcript transcript() {
    return transcript;
  }
}
