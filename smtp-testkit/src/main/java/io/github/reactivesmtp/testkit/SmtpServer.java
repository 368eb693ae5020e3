package io.github.reactivesmtp.testkit;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP and LMTP server inside a test: accepts everything, remembers it, and misbehaves on
 * request.
 *
 * <pre>{@code
 * try (SmtpServer server = SmtpServer.start()) {
 *   send(server.host(), server.port());
 *   assertThat(server.awaitMessages(1, Duration.ofSeconds(5)).get(0).text()).contains("Hello");
 * }
 * }</pre>
 *
 * <p>It speaks RFC 5321 with PIPELINING, 8BITMIME, SIZE, CHUNKING, SMTPUTF8, ENHANCEDSTATUSCODES
 * and DSN unless other extensions are asked for; after LHLO it speaks LMTP (RFC 2033). TLS, by
 * STARTTLS or from the first octet, is for {@link SmtpServerBuilder#tls} and {@link
 * SmtpServerBuilder#implicitTls}. Thread-safe.
 */
public final class SmtpServer implements AutoCloseable {

  private final String hostName;
  private final MessageSink sink;
  private final ServerLog log;
  private final ServerListener listener;
  private final AtomicBoolean closed = new AtomicBoolean();

  SmtpServer(SmtpServerBuilder wanted) {
    ServerSettings settings = wanted.settings();
    ScriptRun script = new ScriptRun(wanted.script().rules());
    hostName = settings.hostName();
    sink = wanted.sink();
    log = new ServerLog(wanted.transcript() ? new Transcript() : null);
    listener =
        new ServerListener(
            wanted.address(),
            wanted.eventLoopThreads(),
            settings,
            () -> new ServerConnection(settings, log, script, sink));
  }

  /** Starts a server on 127.0.0.1 and a free port that accepts and records everything. */
  public static SmtpServer start() {
    return builder().start();
  }

  public static SmtpServerBuilder builder() {
    return new SmtpServerBuilder();
  }

  /**
   * The address it listens on, as text: "127.0.0.1" unless told otherwise.
   *
   * @throws IllegalStateException if it listens on a Unix domain socket
   */
  public String host() {
    return address().getAddress().getHostAddress();
  }

  /**
   * The port it listens on.
   *
   * @throws IllegalStateException if it listens on a Unix domain socket
   */
  public int port() {
    return address().getPort();
  }

  /**
   * What it listens on.
   *
   * @throws IllegalStateException if that is a Unix domain socket
   */
  public InetSocketAddress address() {
    if (listener.address() instanceof InetSocketAddress tcp) {
      return tcp;
    }
    throw new IllegalStateException("this server has no port, it listens on " + listener);
  }

  /**
   * The Unix domain socket it listens on.
   *
   * @throws IllegalStateException if it listens on a port
   */
  public Path path() {
    if (listener.address() instanceof UnixDomainSocketAddress unix) {
      return unix.getPath();
    }
    throw new IllegalStateException("this server has no path, it listens on " + listener);
  }

  /** What it calls itself in the greeting. */
  public String hostName() {
    return hostName;
  }

  /**
   * The messages accepted so far, in order; a snapshot, immutable.
   *
   * @throws IllegalStateException if this server has a sink that does not record
   */
  public List<ReceivedMessage> messages() {
    return recording().messages();
  }

  /**
   * Waits until the server has accepted at least {@code n} messages.
   *
   * @return all messages accepted, {@code n} or more
   * @throws AssertionError if fewer have come when {@code max} has passed, or the thread is
   *     interrupted; its message tells what did come
   * @throws IllegalStateException if this server has a sink that does not record
   */
  public List<ReceivedMessage> awaitMessages(int n, Duration max) {
    List<ReceivedMessage> messages;
    try {
      messages = recording().await(n, max);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + n + " messages", e);
    }
    if (messages.size() < n) {
      throw tooFew(n, max, messages);
    }
    return messages;
  }

  private AssertionError tooFew(int n, Duration max, List<ReceivedMessage> messages) {
    StringBuilder text = new StringBuilder();
    text.append("expected ").append(n).append(" messages within ").append(max).append(", got ");
    text.append(messages.size()).append(" over ").append(connections()).append(" connections");
    messages.forEach(message -> text.append("\n  ").append(message));
    List<String> lines = log.transcript() == null ? List.of() : transcript();
    if (!lines.isEmpty()) {
      text.append("\nlast commands:");
      lines.stream()
          .skip(Math.max(0, lines.size() - 20))
          .forEach(l -> text.append("\n  ").append(l));
    }
    AssertionError error = new AssertionError(text.toString());
    failures().forEach(error::addSuppressed);
    return error;
  }

  private RecordingSink recording() {
    if (sink instanceof RecordingSink recording) {
      return recording;
    }
    throw new IllegalStateException("this server does not record messages, it has " + sink);
  }

  /** Messages accepted so far, whatever the sink does with them. */
  public long accepted() {
    return log.accepted();
  }

  /**
   * The command lines received, as they came, over all connections: {@code C1: MAIL FROM:<a@b>}.
   * The last 10,000 are kept; secrets are shown as {@code ***}. A snapshot, immutable.
   *
   * @throws IllegalStateException if this server keeps no transcript
   */
  public List<String> transcript() {
    return kept().lines();
  }

  /**
   * The same of one connection; the first is 1.
   *
   * @throws IllegalStateException if this server keeps no transcript
   */
  public List<String> transcript(int connection) {
    return kept().lines(connection);
  }

  private Transcript kept() {
    Transcript transcript = log.transcript();
    if (transcript == null) {
      throw new IllegalStateException("this server keeps no transcript");
    }
    return transcript;
  }

  /** How many connections there were so far. */
  public int connections() {
    return log.connections();
  }

  /** How many connections completed a TLS handshake so far. */
  public int tlsConnections() {
    return log.tlsConnections();
  }

  /**
   * The host name that the last client to complete a TLS handshake asked for by SNI (RFC 6066 §3);
   * null if there was no such client, or it asked for none.
   */
  public @Nullable String lastServerName() {
    return log.lastServerName();
  }

  /** How many connections there are now. */
  public int openConnections() {
    return log.open().size();
  }

  /** What went wrong inside the server, a sink or a script: exceptions; the first 100. */
  public List<Throwable> failures() {
    return log.failures();
  }

  /**
   * Every connection there is at the moment of the call that follows, to be said something to or
   * ended whatever it is doing: {@code server.everyConnection().say(421, "4.3.2 going down")}.
   */
  public EveryConnection everyConnection() {
    return new EveryConnection(log::open);
  }

  /** Closes every connection there is, without a word; new ones are welcome. */
  public void dropConnections() {
    log.open().forEach(Channel::close);
  }

  /** Forgets messages and transcript; connections and what scripts have counted stay. */
  public void clear() {
    if (sink instanceof RecordingSink recording) {
      recording.clear();
    }
    Transcript transcript = log.transcript();
    if (transcript != null) {
      transcript.clear();
    }
  }

  /**
   * Closes the listener, removing its Unix domain socket, all connections and the sink, and waits
   * until the threads have ended; on one of those threads it does not wait. Further calls do
   * nothing.
   */
  @Override
  public void close() {
    boolean first = closed.compareAndSet(false, true);
    if (first) {
      listener.close(log::failed);
    }
    listener.awaitDown();
    if (first) {
      sink.close();
    }
  }

  @Override
  public String toString() {
    return "SmtpServer " + listener;
  }
}
