package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Debian's Postfix on free ports of 127.0.0.1, one for each {@link PostfixService}, with a
 * configuration, certificate, queue and mailbox of its own under a temporary directory.
 *
 * <p>Mail to {@code anyone@example.test} is delivered byte for byte; {@code refused…} is answered
 * 550 5.1.1 and {@code later…} 450 4.2.1. Nothing ever leaves it: mail to another domain is
 * accepted and discarded.
 */
public final class PostfixServer implements AutoCloseable {

  private static final String COMMAND = "/usr/sbin/postfix";

  /** In the order a message takes through them, so that one on its way is not overlooked. */
  private static final List<String> QUEUES = List.of("maildrop", "incoming", "active", "deferred");

  private final ServerDirectory directory;
  private final Map<PostfixService, Integer> ports;
  private final TestCertificates certificates;
  private final AtomicBoolean stopped = new AtomicBoolean();

  private PostfixServer(ServerDirectory directory) throws IOException {
    this.directory = directory;
    this.ports = new EnumMap<>(PostfixService.class);
    Iterator<Integer> free = LoopbackPorts.free(PostfixService.values().length).iterator();
    for (PostfixService service : PostfixService.values()) {
      ports.put(service, free.next());
    }
    this.certificates = TestCertificates.create(directory.path("tls"));
  }

  /** Why no Postfix can be started here, if none can. */
  static Optional<String> whyNot() {
    if (!Files.isExecutable(Path.of(COMMAND))) {
      return Optional.of("Postfix is not installed: apt-get install postfix");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Postfix can be started by root only");
    }
    return Optional.empty();
  }

  static PostfixServer start() throws IOException {
    PostfixServer server = new PostfixServer(ServerDirectory.create("postfix"));
    server.configure();
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    if (server.run("start") != 0) {
      String log = server.directory.logText();
      server.close();
      throw new IllegalStateException("Postfix does not start:\n" + log);
    }
    return server;
  }

  /** The port of {@link PostfixService#PLAIN}. */
  public int port() {
    return port(PostfixService.PLAIN);
  }

  public int port(PostfixService service) {
    return ports.get(service);
  }

  public TestCertificates certificates() {
    return certificates;
  }

  /** Where Postfix expects the socket of Dovecot's authentication service. */
  Path authSocket() {
    return directory.path("auth");
  }

  /**
   * Waits until Postfix has nothing more to deliver and at least this many copies are there, and
   * takes all there are out of the mailbox.
   */
  public List<DeliveredMessage> takeMessages(int atLeast) throws IOException {
    directory.await(
        "delivery of " + atLeast + " messages",
        () -> delivered().size() >= atLeast && queued().isEmpty());
    List<DeliveredMessage> messages = new ArrayList<>();
    for (Path file : delivered()) {
      messages.add(DeliveredMessage.byPostfix(Files.readAllBytes(file)));
      Files.delete(file);
    }
    return messages;
  }

  /**
   * From here on {@link #awaitLogLine} looks for new lines only. Waits until all connections have
   * ended, so that what is new is about new ones.
   */
  public void markLog() {
    directory.await("end of all connections", () -> count(": connect") == count(": disconnect"));
    directory.markLog();
  }

  /** Waits for a line of the log that contains the expression. */
  public void awaitLogLine(String expression) {
    directory.awaitLogLine(expression);
  }

  @Override
  public void close() throws IOException {
    stop();
    directory.delete();
  }

  private void stop() {
    if (stopped.compareAndSet(false, true)) {
      try {
        run("stop");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void configure() throws IOException {
    directory.write("conf/main.cf", PostfixConfiguration.MAIN);
    directory.write("conf/master.cf", PostfixConfiguration.master(ports));
    // The directories inside the queue are made by Postfix, with the owners they need.
    directory.make("queue", "root");
    directory.make("data", "postfix");
    directory.make("mail", "nobody");
  }

  private int run(String command) throws IOException {
    Process process = directory.run(COMMAND, "-c", directory.path("conf").toString(), command);
    try {
      if (!process.waitFor(ServerDirectory.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("postfix " + command + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  private long count(String event) {
    return directory.logText().lines().filter(line -> line.contains(event + " from ")).count();
  }

  private List<Path> delivered() {
    return directory.files("mail/all/new");
  }

  private List<Path> queued() {
    return QUEUES.stream().flatMap(name -> directory.files("queue/" + name).stream()).toList();
  }
}
