package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.codec.SmtpCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stores each message as two files of a directory: {@code NAME.eml}, the content as it came, and
 * {@code NAME.envelope}, lines {@code MAIL FROM:<…>} and {@code RCPT TO:<…>} with their parameters.
 *
 * <p>Names sort in order of arrival. Files get their final names when they are complete, the {@code
 * .eml} last, so whoever sees it can read both. The client's 250 comes after that. Not forced to
 * the disk: a power cut may lose what the server accepted.
 */
public final class DirectorySink implements MessageSink {

  private static final int WRITERS = 2;

  /**
   * Messages that wait to be written; a connection has one at most and reads no further meanwhile,
   * so this is reached by more connections only.
   */
  private static final int BACKLOG = 1024;

  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final String prefix;
  private final AtomicLong numbers = new AtomicLong();
  private final ThreadPoolExecutor writers;

  /**
   * @throws IOException if the directory isn't there and can't be made
   */
  public DirectorySink(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    // The random part keeps two sinks apart that share a directory.
    int mark = ThreadLocalRandom.current().nextInt(1 << 16);
    prefix = "%s-%04x-".formatted(START.format(Instant.now()), mark);
    writers =
        new ThreadPoolExecutor(
            WRITERS,
            WRITERS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(BACKLOG),
            this::thread);
    writers.allowCoreThreadTimeOut(true);
  }

  /** Where the files go. */
  public Path directory() {
    return directory;
  }

  /** Writes the files in the calling thread. */
  @Override
  public void accept(ReceivedMessage message) throws IOException {
    write(nextName(), message);
  }

  /** Writes the files in a thread of this sink. */
  @Override
  public CompletionStage<?> store(ReceivedMessage message) throws IOException {
    String name = nextName();
    try {
      return CompletableFuture.runAsync(
          () -> {
            try {
              write(name, message);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          writers);
    } catch (RejectedExecutionException e) {
      throw new IOException("too many messages wait to be written, or the sink is closed", e);
    }
  }

  /** Waits, 10 seconds at most, until what was taken is written. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(10, TimeUnit.SECONDS)) {
        writers.shutdownNow();
      }
    } catch (InterruptedException e) {
      writers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private String nextName() {
    return prefix + "%010d".formatted(numbers.incrementAndGet());
  }

  private void write(String name, ReceivedMessage message) throws IOException {
    place(name + ".envelope", envelope(message).getBytes(UTF_8));
    place(name + ".eml", message.octets());
  }

  private void place(String name, byte[] octets) throws IOException {
    Path unfinished = directory.resolve(name + ".tmp");
    try {
      Files.write(unfinished, octets);
      Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static String envelope(ReceivedMessage message) {
    StringBuilder text = new StringBuilder();
    text.append(new SmtpCommand.Mail(message.reversePath(), message.parameters())).append('\n');
    for (SmtpCommand.Rcpt recipient : message.recipients()) {
      text.append(recipient).append('\n');
    }
    return text.toString();
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "smtp-testkit-writer");
    thread.setDaemon(true);
    return thread;
  }
}
