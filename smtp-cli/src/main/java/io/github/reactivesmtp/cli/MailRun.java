package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.client.SmtpConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/**
 * Sends files once and keeps account of them: every envelope given to the client gets counted and
 * written to the results exactly once, however the run ends.
 */
final class MailRun {

  private static final int PROBLEMS_KEPT = 20;

  private final SmtpClient client;
  private final EnvelopeReader reader;
  private final @Nullable ResultLog results;
  private final Tally tally = new Tally();
  private final List<String> problems = new ArrayList<>();
  private final Set<Envelope> unanswered = ConcurrentHashMap.newKeySet();
  private final CountDownLatch done = new CountDownLatch(1);
  private long problemCount;
  private boolean connected;
  private @Nullable Throwable unreachable;
  private @Nullable Throwable failure;
  private @Nullable IOException resultsFailure;
  private volatile boolean stopped;

  MailRun(SmtpClient client, EnvelopeReader reader, @Nullable ResultLog results) {
    this.client = client;
    this.reader = reader;
    this.results = results;
  }

  /** Sends the files and returns when there is a result for each that was begun. */
  void send(List<Path> files, Progress progress) {
    // Files are read where blocking is allowed, and only when the client asks for an envelope.
    Flux<Envelope> envelopes =
        Flux.fromIterable(files)
            .takeWhile(file -> !stopped)
            .<Envelope>handle((file, sink) -> read(file, progress, sink))
            .subscribeOn(Schedulers.boundedElastic());
    try {
      client.sendAll(envelopes).doOnNext(result -> onResult(result, progress)).blockLast();
    } catch (RuntimeException e) {
      failure = Exceptions.unwrap(e);
    }
    settleUnanswered();
    done.countDown();
  }

  /**
   * Takes no more files, and waits for what is under way; what is not answered within the grace
   * period ends as NOT_SENT or UNKNOWN. Blocks until then.
   */
  void stop(Duration grace) {
    stopped = true;
    try {
      if (!done.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        client.disposeLater(Duration.ZERO).block(grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Closing took too long; what is known is said all the same.
    }
  }

  private void read(Path file, Progress progress, SynchronousSink<Envelope> sink) {
    try {
      Envelope envelope = reader.read(file);
      unanswered.add(envelope);
      sink.next(envelope);
    } catch (MailFileException e) {
      synchronized (this) {
        tally.count(Outcome.NOT_SENT);
        progress.step();
        problem(file, "not sent: " + TextLine.of(e));
        record(log -> log.writeNotSent(file, TextLine.of(e)));
      }
    }
  }

  private synchronized void onResult(SendResult result, Progress progress) {
    MailFile file = fileOf(result.envelope());
    unanswered.remove(result.envelope());
    tally.count(result.outcome());
    progress.step();
    if (result.server() != null || result.reply() != null) {
      connected = true;
    } else if (!connected
        && result.outcome() == Outcome.NOT_SENT
        && !(result.cause() instanceof MessageRefusedException)) {
      // The client has tried several times: the other files would meet the same end.
      unreachable = result.cause();
      stopped = true;
    }
    if (!result.isAccepted()) {
      problem(file.path(), Problem.of(result));
    }
    record(log -> log.write(file, result));
  }

  /** Without a result after all: the client stopped with an error for all envelopes. */
  private synchronized void settleUnanswered() {
    // What is wrong for all is signalled for those only of which nothing was sent.
    boolean notSent = !connected || failure instanceof SmtpConfigurationException;
    Outcome outcome = notSent ? Outcome.NOT_SENT : Outcome.UNKNOWN;
    String reason = failure == null ? "The run was ended." : TextLine.of(failure);
    for (Envelope envelope : unanswered) {
      MailFile file = fileOf(envelope);
      tally.count(outcome);
      problem(file.path(), outcome + ": " + reason);
      record(log -> log.write(file, envelope.recipients(), outcome, reason));
    }
    unanswered.clear();
  }

  private static MailFile fileOf(Envelope envelope) {
    if (envelope.tag() instanceof MailFile file) {
      return file;
    }
    throw new IllegalStateException("An envelope of no file: " + envelope);
  }

  private void problem(Path file, String text) {
    problemCount++;
    if (problems.size() < PROBLEMS_KEPT) {
      problems.add(TextLine.of(file.toString()) + ": " + text);
    }
  }

  private interface Entry {
    void writeTo(ResultLog log) throws IOException;
  }

  private void record(Entry entry) {
    if (results == null || resultsFailure != null) {
      return;
    }
    try {
      entry.writeTo(results);
    } catch (IOException e) {
      // Mail whose fate is not on record is not worth going on with.
      resultsFailure = e;
      stopped = true;
    }
  }

  synchronized Tally tally() {
    return tally;
  }

  /** The first of the problems, each in one line. */
  synchronized List<String> problems() {
    return problems;
  }

  /** All problems, those that are not kept included. */
  synchronized long problemCount() {
    return problemCount;
  }

  /** Why nothing could be sent at all: no connection ever came about. Null if one did. */
  synchronized @Nullable Throwable unreachable() {
    return connected ? null : failure != null ? failure : unreachable;
  }

  /** What ended the run for all envelopes; null if nothing did. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Why the results are incomplete; null if they are not. */
  synchronized @Nullable IOException resultsFailure() {
    return resultsFailure;
  }
}
