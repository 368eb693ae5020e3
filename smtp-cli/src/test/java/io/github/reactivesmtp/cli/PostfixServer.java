package io.github.reactivesmtp.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's Postfix on two free loopback ports, one of them without CHUNKING, with a configuration,
 * a queue and a mailbox of its own under a temporary directory.
 *
 * <p>Mail to {@code anyone@example.test} is delivered byte for byte; {@code refused…} is answered
 * 550 and {@code later…} 450. Nothing ever leaves it.
 */
final class PostfixServer implements AutoCloseable {

  private static final Path COMMAND = Path.of("/usr/sbin/postfix");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 10;

  /** In the order a message takes through them, so that one on its way is not overlooked. */
  private static final List<String> QUEUES = List.of("maildrop", "incoming", "active", "deferred");

  private final Path directory;
  private final int port;
  private final int portWithoutChunking;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private int logMark;

  private PostfixServer(Path directory, int port, int portWithoutChunking) {
    this.directory = directory;
    this.port = port;
    this.portWithoutChunking = portWithoutChunking;
  }

  /** Why no Postfix can be started here, if none can. */
  static Optional<String> whyNot() {
    if (!Files.isExecutable(COMMAND)) {
      return Optional.of("Postfix is not installed: apt-get install postfix");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("Postfix can be started by root only");
    }
    return Optional.empty();
  }

  static PostfixServer start() throws IOException {
    Path directory = Files.createTempDirectory("postfix");
    // Postfix's daemons drop root's rights and must still reach what is below.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    PostfixServer server;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server = new PostfixServer(directory, one.getLocalPort(), other.getLocalPort());
    }
    server.configure();
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    if (server.run("start") != 0) {
      String log = server.logText();
      server.close();
      throw new IllegalStateException("Postfix does not start:\n" + log);
    }
    return server;
  }

  int port() {
    return port;
  }

  int portWithoutChunking() {
    return portWithoutChunking;
  }

  /**
   * Waits until Postfix has nothing more to deliver and at least this many copies are there, and
   * takes all there are out of the mailbox.
   */
  List<DeliveredMessage> takeMessages(int atLeast) throws IOException {
    await(
        "delivery of " + atLeast + " messages",
        () -> delivered().size() >= atLeast && queued().isEmpty());
    List<DeliveredMessage> messages = new ArrayList<>();
    for (Path file : delivered()) {
      messages.add(DeliveredMessage.parse(Files.readAllBytes(file)));
      Files.delete(file);
    }
    return messages;
  }

  /** From here on {@link #awaitLogLine} looks for new lines only. */
  void markLog() {
    logMark = logText().length();
  }

  /** Waits for a line of the log that contains the expression. */
  void awaitLogLine(String expression) {
    Pattern pattern = Pattern.compile(expression);
    await(
        "line of the log matching " + expression,
        () -> pattern.matcher(logText().substring(logMark)).find());
  }

  @Override
  public void close() throws IOException {
    stop();
    deleteAll(directory);
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
    Path configuration = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(configuration.resolve("main.cf"), PostfixConfiguration.main(directory));
    Files.writeString(
        configuration.resolve("master.cf"), PostfixConfiguration.master(port, portWithoutChunking));
    // The directories inside the queue are made by Postfix, with the owners they need.
    Files.createDirectory(directory.resolve("queue"));
    own("data", "postfix");
    own("mail", "nobody");
  }

  private void own(String name, String user) throws IOException {
    Path path = Files.createDirectory(directory.resolve(name));
    var users = path.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(path, users.lookupPrincipalByName(user));
  }

  private int run(String command) throws IOException {
    // To a file, not a pipe: the daemons keep it open.
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(COMMAND.toString(), "-c", directory.resolve("conf").toString(), command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("postfix " + command + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  private List<Path> delivered() {
    return files(directory.resolve("mail/all/new"));
  }

  private List<Path> queued() {
    return QUEUES.stream()
        .flatMap(name -> files(directory.resolve("queue").resolve(name)).stream())
        .toList();
  }

  /** Awaiting another process, which cannot tell us: the one place that polls. */
  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("No " + what + " within " + PATIENCE + ":\n" + logText());
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private String logText() {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("output", "log")) {
      Path file = directory.resolve(name);
      try {
        text.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  /** What is below a directory, while Postfix goes on moving it about. */
  private static List<Path> files(Path directory) {
    List<Path> found = new ArrayList<>();
    if (!Files.exists(directory)) {
      return found;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static void deleteAll(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(paths.get(i));
    }
  }
}
