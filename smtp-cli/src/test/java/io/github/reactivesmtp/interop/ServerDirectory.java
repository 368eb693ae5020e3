package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The temporary directory with everything of one server: configuration, data, log. */
final class ServerDirectory {

  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 10;

  private final Path root;
  private int logMark;

  private ServerDirectory(Path root) {
    this.root = root;
  }

  static ServerDirectory create(String name) throws IOException {
    Path root = Files.createTempDirectory(name);
    // The servers' processes drop root's rights and must still reach what is below.
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ServerDirectory(root);
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** A new directory that belongs to a user of the system. */
  void make(String name, String owner) throws IOException {
    Path path = Files.createDirectories(path(name));
    var users = path.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(path, users.lookupPrincipalByName(owner));
  }

  /** Writes a file in which {@code DIRECTORY} stands for this directory. */
  Path write(String name, String text) throws IOException {
    Path file = path(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text.replace("DIRECTORY", root.toString()));
  }

  /** A server's command, whose output becomes part of the log. */
  Process run(String... command) throws IOException {
    // To a file, not a pipe: daemons keep it open.
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(path("output").toFile()))
        .start();
  }

  /** The log, and before it what the server's commands said. */
  String logText() {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("output", "log")) {
      Path file = path(name);
      try {
        text.append(Files.exists(file) ? Files.readString(file) : "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
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

  /** Awaiting another process, which cannot tell us: the one place that polls. */
  void await(String what, BooleanSupplier condition) {
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

  /** The files below a directory, while the server goes on moving them about. */
  List<Path> files(String name) {
    List<Path> found = new ArrayList<>();
    if (!Files.exists(path(name))) {
      return found;
    }
    try {
      Files.walkFileTree(
          path(name),
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

  void delete() throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = new ArrayList<>(walk.toList());
    }
    for (int i = paths.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(paths.get(i));
    }
  }
}
