package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MessageSinkIT {

  private static final String MESSAGE =
      "MAIL FROM:<a@b> SIZE=3\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nBDAT 3 LAST\r\n";

  @Test
  void storesFilesBeforeItSaysSo(@TempDir Path directory) throws IOException {
    try (SmtpServer server = SmtpServer.builder().sink(new DirectorySink(directory)).start();
        RawClient client = RawClient.greeted(server)) {
      int messages = 20;
      for (int i = 0; i < messages; i++) {
        client.send(MESSAGE + "m%02d".formatted(i));
        assertThat(client.codes(4)).containsExactly(250, 250, 250, 250);
        assertThat(files(directory)).hasSize(2 * (i + 1));
      }
      List<Path> contents =
          files(directory).stream().filter(file -> file.toString().endsWith(".eml")).toList();
      for (int i = 0; i < messages; i++) {
        Path content = contents.get(i);
        assertThat(content).hasContent("m%02d".formatted(i));
        Path envelope = Path.of(content.toString().replaceFirst("eml$", "envelope"));
        assertThat(envelope).hasContent("MAIL FROM:<a@b> SIZE=3\nRCPT TO:<c@d>\nRCPT TO:<e@f>\n");
      }
    }
  }

  @Test
  void storesAWholePipelineInOrder(@TempDir Path directory) throws IOException {
    try (SmtpServer server = SmtpServer.builder().sink(new DirectorySink(directory)).start();
        RawClient client = RawClient.greeted(server)) {
      StringBuilder pipeline = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        pipeline.append(MESSAGE).append("m%02d".formatted(i));
      }
      client.send(pipeline + "QUIT\r\n");
      assertThat(client.codes(201)).endsWith(250, 221);
      assertThat(files(directory).stream().filter(f -> f.toString().endsWith(".eml")).toList())
          .hasSize(50)
          .satisfies(last -> assertThat(last.get(49)).hasContent("m49"));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void says451WhenTheSinkFails() throws IOException {
    IOException failure = new IOException("disk on fire");
    MessageSink broken =
        message -> {
          throw failure;
        };
    try (SmtpServer server = SmtpServer.builder().sink(broken).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 451);
      assertThat(client.ask("NOOP")).isEqualTo(250);
      assertThat(server.accepted()).isZero();
      assertThat(server.failures()).containsExactly(failure);
    }
  }

  @Test
  void says451WhenTheDirectoryIsGone(@TempDir Path parent) throws IOException {
    Path directory = parent.resolve("in");
    try (SmtpServer server = SmtpServer.builder().sink(new DirectorySink(directory)).start();
        RawClient client = RawClient.greeted(server)) {
      Files.delete(directory);
      client.send(MESSAGE + "xyz");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 451);
      assertThat(server.failures()).hasSize(1);
    }
  }

  @Test
  void theAnswerWaitsForTheSink() throws Exception {
    CompletableFuture<String> stored = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    MessageSink slow =
        new MessageSink() {
          @Override
          public void accept(ReceivedMessage message) {
            throw new AssertionError("store was overridden");
          }

          @Override
          public CompletionStage<?> store(ReceivedMessage message) {
            asked.countDown();
            return stored;
          }
        };
    try (SmtpServer server = SmtpServer.builder().sink(slow).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyzNOOP\r\n");
      assertThat(client.codes(3)).containsExactly(250, 250, 250);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.accepted()).isZero();
      stored.complete("done");
      assertThat(client.codes(2)).containsExactly(250, 250);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aFullRecordingSinkRefuses() throws IOException {
    try (SmtpServer server = SmtpServer.builder().sink(new RecordingSink(5)).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz" + MESSAGE + "abc");
      assertThat(client.codes(8)).containsExactly(250, 250, 250, 250, 250, 250, 250, 451);
      assertThat(server.awaitMessages(1, Duration.ZERO)).hasSize(1);
      server.clear();
      client.send(MESSAGE + "abc");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 250);
    }
  }

  @Test
  void aRecordingSinkIsFullOfSmallMessagesToo() throws IOException {
    try (SmtpServer server = SmtpServer.builder().sink(new RecordingSink(1000, 1)).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz" + MESSAGE + "abc");
      assertThat(client.codes(8)).containsExactly(250, 250, 250, 250, 250, 250, 250, 451);
    }
  }

  @Test
  void digestsWhatArrives() throws IOException {
    DigestSink sink = new DigestSink();
    try (SmtpServer server = SmtpServer.builder().sink(sink).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz" + MESSAGE + "abc");
      client.codes(8);
      ContentDigest sent = new ContentDigest();
      sent.add("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      sent.add("xyz".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(sink.digest()).isEqualTo(sent);
    }
  }

  @Test
  void countsWhatArrives() throws IOException {
    CountingSink sink = new CountingSink();
    try (SmtpServer server = SmtpServer.builder().sink(sink).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz" + "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
      client.codes(7);
      client.send("..abc\r\n.\r\n");
      assertThat(client.code()).isEqualTo(250);
      assertThat(sink.count()).isEqualTo(2);
      assertThat(sink.octets()).isEqualTo(3 + 6);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  /** Such a stage refuses to tell whether it is done. */
  @Test
  void aMinimalStageIsAsGoodAsAnother() throws IOException {
    MessageSink choosy =
        new MessageSink() {
          @Override
          public void accept(ReceivedMessage message) {
            throw new AssertionError("store was overridden");
          }

          @Override
          public CompletionStage<?> store(ReceivedMessage message) {
            return message.text().equals("xyz")
                ? CompletableFuture.completedStage("done")
                : CompletableFuture.failedStage(new IOException("not that one"));
          }
        };
    try (SmtpServer server = SmtpServer.builder().sink(choosy).start();
        RawClient client = RawClient.greeted(server)) {
      client.send(MESSAGE + "xyz" + MESSAGE + "abc");
      assertThat(client.codes(8)).containsExactly(250, 250, 250, 250, 250, 250, 250, 451);
    }
  }
}
