package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRefMetadata;

/** Established sessions, each borrowed by one at a time. */
final class SessionPool {

  private final PoolOptions options;
  private final SessionConnector connector;
  private final InstrumentedPool<SmtpSession> pool;

  /** Those there are, each with how long it may live, in ms. */
  private final Map<SmtpSession, Long> sessions = new ConcurrentHashMap<>();

  SessionPool(PoolOptions options, SessionConnector connector) {
    this.options = options;
    this.connector = connector;
    Duration sweep = min(options.maxIdleTime(), options.maxLifeTime());
    this.pool =
        PoolBuilder.from(connector.connect().doOnNext(session -> sessions.put(session, lifeTime())))
            .sizeBetween(0, options.maxConnections())
            // The dispatcher never asks for more than the pool may have.
            .maxPendingAcquire(options.maxConnections())
            .evictionPredicate(this::isSpent)
            .evictInBackground(sweep)
            .destroyHandler(session -> session.close().doFinally(s -> sessions.remove(session)))
            .idleResourceReuseMruOrder()
            .buildPool();
  }

  /** Lends a session to {@code work} until it ends. */
  Mono<Void> withSession(Function<SmtpSession, Publisher<Void>> work) {
    return pool.withPoolable(work).then();
  }

  private boolean isSpent(SmtpSession session, PooledRefMetadata metadata) {
    return !session.isReusable()
        || metadata.idleTime() >= options.maxIdleTime().toMillis()
        || metadata.lifeTime() >= sessions.getOrDefault(session, 0L);
  }

  /** Up to a tenth less than the most, so that connections made together don't end together. */
  private long lifeTime() {
    long most = options.maxLifeTime().toMillis();
    return most - ThreadLocalRandom.current().nextLong(most / 10 + 1);
  }

  /** Ends every connection at once, whatever it is doing; there will be no others. */
  void abortAll(String reason) {
    connector.close();
    sessions.keySet().forEach(session -> session.abort(reason));
  }

  Mono<Void> disposeLater() {
    return pool.disposeLater();
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
