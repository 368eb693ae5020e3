package io.github.reactivesmtp.client.faults;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Runs one case, from the start of a server of its own to the end of a client of its own. */
final class CaseRun {

  /** For what takes a moment; on a busy machine, many. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** For longer than this the client has no trust in an idle connection; with a margin. */
  private static final Duration DOUBTFUL = Duration.ofMillis(1200);

  private final FaultCase it;
  private final List<Mail> mails;
  private final FaultServer fault;
  private final List<SendResult> results = new ArrayList<>();
  private @Nullable Throwable error;
  private int injected;

  private CaseRun(FaultCase it) {
    this.it = it;
    this.mails = Mail.all(it);
    this.fault = new FaultServer(it, mails);
  }

  /** Blocks until all is over. */
  static CaseReport run(FaultCase it) {
    try {
      return new CaseRun(it).run();
    } catch (Exception | AssertionError e) {
      return CaseReport.failed(it, e);
    }
  }

  private CaseReport run() throws Exception {
    if (it.phase() != FaultPhase.CONNECT) {
      return serverIsThere();
    }
    return it.fault() == Fault.HANG ? nobodyAnswers() : nobodyListens();
  }

  private CaseReport serverIsThere() {
    try (SmtpServer server = fault.start(0)) {
      SmtpClient client = FaultClient.builder(it, server.port()).build();
      if (it.idle() == null) {
        send(client, mails);
      } else {
        send(client, mails.subList(0, Mail.VICTIM - 1));
        if (it.phase() == FaultPhase.LONG_IDLE) {
          long end = System.nanoTime() + DOUBTFUL.toNanos();
          await("time to pass", () -> System.nanoTime() > end);
        }
        injected = it.idle().act().applyAsInt(server.everyConnection());
        if (it.fault() != Fault.HANG) {
          await("the idle connection to be closed", () -> server.openConnections() == 0);
        }
        send(client, mails.subList(Mail.VICTIM - 1, mails.size()));
      }
      client.disposeLater().block(LIMIT);
      injected += fault.injected(server);
      await("every connection to be closed", () -> server.openConnections() == 0);
      return report(server);
    }
  }

  /** A port whose queue of connections is full: the system answers no SYN any more. */
  private CaseReport nobodyAnswers() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> queued = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          SocketChannel channel = SocketChannel.open();
          queued.add(channel);
          channel.configureBlocking(false);
          channel.connect(full.getLocalSocketAddress());
        }
        return sendInVain(full.getLocalPort());
      } finally {
        for (SocketChannel channel : queued) {
          channel.close();
        }
      }
    }
  }

  /**
   * A port that is taken but not listened on, so that no case beside this one is given it. With
   * SO_REUSEADDR on both, the server may still listen there.
   */
  private CaseReport nobodyListens() throws Exception {
    try (Socket taken = new Socket()) {
      taken.setReuseAddress(true);
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = taken.getLocalPort();
      return it.eachTime() ? sendInVain(port) : serverComesUp(port);
    }
  }

  private CaseReport sendInVain(int port) {
    AtomicInteger failed = new AtomicInteger();
    SmtpClient client =
        FaultClient.builder(it, port)
            .observer(event -> failed.addAndGet(event instanceof ConnectionEvent.Failed ? 1 : 0))
            .build();
    send(client, mails);
    client.disposeLater().block(LIMIT);
    injected = failed.get();
    return report(null);
  }

  /** After the first attempt to connect. */
  private CaseReport serverComesUp(int port) throws Exception {
    CompletableFuture<SmtpServer> up = new CompletableFuture<>();
    SmtpClient client =
        FaultClient.builder(it, port)
            .observer(
                event -> {
                  if (event instanceof ConnectionEvent.Failed && !up.isDone()) {
                    injected++;
                    // Binding waits, which an observer must not.
                    Schedulers.boundedElastic().schedule(() -> up.complete(fault.start(port)));
                  }
                })
            .build();
    send(client, mails);
    client.disposeLater().block(LIMIT);
    try (SmtpServer server = up.join()) {
      await("every connection to be closed", () -> server.openConnections() == 0);
      return report(server);
    }
  }

  private void send(SmtpClient client, List<Mail> some) {
    Flux<SendResult> sent =
        client.sendAll(Flux.fromStream(some.stream().map(mail -> mail.envelope(it))));
    sent.doOnNext(results::add)
        .onErrorResume(
            failure -> {
              error = failure;
              return Flux.empty();
            })
        .blockLast(LIMIT);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  private CaseReport report(@Nullable SmtpServer server) {
    Ledger ledger =
        new Ledger(mails, results, error, server == null ? List.of() : server.messages());
    List<String> problems = new ArrayList<>(ledger.problems());
    if (it.phase() == FaultPhase.RSET) {
      // A server that refuses RSET, against RFC 5321 §4.1.1.5, still has the sender before it.
      problems.removeIf(problem -> problem.startsWith(Ledger.ANOTHERS_SENDER));
    }
    problems.addAll(
        new Verdicts(it, mails, ledger, error, injected)
            .problems(server == null ? 0 : server.connections()));
    String record = "";
    if (server != null) {
      problems.addAll(server.failures().stream().map(f -> "in the server: " + f).toList());
      record = "\n  " + String.join("\n  ", server.transcript());
    }
    return new CaseReport(it, problems, ledger, injected, record);
  }
}
