package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpServerIT {

  private static final Duration MAX = Duration.ofSeconds(10);

  private static final String SESSION =
      String.join(
          "\r\n",
          "EHLO client.example",
          "MAIL FROM:<a@example.com> SIZE=10 BODY=8BITMIME",
          "RCPT TO:<b@example.org>",
          "RCPT TO:<c@example.org> NOTIFY=NEVER",
          "DATA",
          "Subject: dots",
          "",
          "..one",
          "...two",
          "middle.",
          ".",
          "MAIL FROM:<>",
          "RCPT TO:<d@example.org>",
          "BDAT 6",
          ".",
          ".",
          "BDAT 4 LAST",
          "end\nQUIT",
          "");

  private static final String SESSION_CODES =
      "220 250 250 250 250 354 250 250 250 250 250 221".replace(' ', '\n');

  @Test
  void speaksOneWholeSessionStepByStep() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.connect(server)) {
      assertThat(client.reply()).isEqualTo("220 testkit.example ESMTP ready");
      client.send("EHLO client.example\r\n");
      assertThat(client.reply())
          .isEqualTo(
              "250-testkit.example\n250-PIPELINING\n250-8BITMIME\n250-SIZE 104857600\n"
                  + "250-CHUNKING\n250-SMTPUTF8\n250-ENHANCEDSTATUSCODES\n250 DSN");
      assertThat(client.send("mail from:<a@b>\r\n").reply()).isEqualTo("250 2.1.0 Sender ok");
      assertThat(client.send("RCPT TO:<c@d>\r\n").reply()).isEqualTo("250 2.1.5 Recipient ok");
      assertThat(client.send("DATA\r\n").reply()).startsWith("354 ");
      assertThat(client.send("hello\r\n.\r\n").reply()).isEqualTo("250 2.0.0 Ok: queued");
      assertThat(client.send("QUIT\r\n").reply()).isEqualTo("221 2.0.0 Bye");
      assertThat(client.rest()).isEmpty();

      ReceivedMessage message = server.awaitMessages(1, MAX).get(0);
      assertThat(message.text()).isEqualTo("hello\r\n");
      assertThat(message.reversePath()).hasToString("a@b");
      assertThat(message.recipients()).singleElement().hasToString("RCPT TO:<c@d>");
      assertThat(message.connection()).isEqualTo(1);
      assertThat(message.chunked()).isFalse();
      assertThat(server.transcript())
          .containsExactly(
              "C1: EHLO client.example",
              "C1: mail from:<a@b>",
              "C1: RCPT TO:<c@d>",
              "C1: DATA",
              "C1: QUIT");
      assertThat(server.transcript(2)).isEmpty();
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(server.failures()).isEmpty();
    }
  }

  @Test
  void answersASessionThatComesInOneWrite() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.connect(server)) {
      client.send(SESSION);
      assertThat(codes(client.rest())).isEqualTo(SESSION_CODES);
      assertSessionArrived(server.messages());
    }
  }

  @Test
  void answersASessionThatComesOctetByOctet() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.connect(server)) {
      for (byte octet : SESSION.getBytes(StandardCharsets.US_ASCII)) {
        client.send(String.valueOf((char) octet));
      }
      assertThat(codes(client.rest())).isEqualTo(SESSION_CODES);
      assertSessionArrived(server.messages());
    }
  }

  @Test
  void answersASessionSplitAnywhere() throws IOException {
    try (SmtpServer server = SmtpServer.start()) {
      for (int split = 1; split < SESSION.length(); split++) {
        try (RawClient client = RawClient.connect(server)) {
          assertThat(client.code()).isEqualTo(220);
          client.send(SESSION.substring(0, split));
          // What is complete has been answered, so it has been read: the rest is another read.
          if (split > SESSION.indexOf('\n')) {
            assertThat(client.code()).isEqualTo(250);
            client.send(SESSION.substring(split));
          } else {
            client.send(SESSION.substring(split));
            assertThat(client.code()).isEqualTo(250);
          }
          assertThat(codes(client.rest()))
              .as("split at " + split)
              .isEqualTo(SESSION_CODES.substring("220\n250\n".length()));
        }
        List<ReceivedMessage> messages = server.messages();
        assertSessionArrived(messages.subList(messages.size() - 2, messages.size()));
      }
    }
  }

  @Test
  void servesSeveralConnectionsAtOnce() throws Exception {
    int clients = 8;
    int messages = 50;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (SmtpServer server = SmtpServer.start()) {
      List<Future<?>> running = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int number = c;
        running.add(threads.submit(() -> sendMessages(server, number, messages)));
      }
      for (Future<?> client : running) {
        client.get();
      }
      assertThat(server.messages())
          .hasSize(clients * messages)
          .allSatisfy(
              message ->
                  assertThat(message.text())
                      .startsWith("from " + message.reversePath().localPart() + " "))
          .extracting(ReceivedMessage::text)
          .doesNotHaveDuplicates();
      assertThat(server.connections()).isEqualTo(clients);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void sendMessages(SmtpServer server, int number, int messages) throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      for (int m = 0; m < messages; m++) {
        client.send("MAIL FROM:<c" + number + "@x>\r\nRCPT TO:<r@x>\r\nDATA\r\n");
        assertThat(client.codes(3)).containsExactly(250, 250, 354);
        client.send("from c" + number + " message " + m + "\r\n.\r\n");
        assertThat(client.code()).isEqualTo(250);
      }
    }
    return null;
  }

  @Test
  void saysWhatDidArriveWhenAwaitingInVain() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      client.ask("MAIL FROM:<a@b>");
      client.ask("RCPT TO:<c@d>");
      client.ask("DATA");
      client.send("x\r\n.\r\n").code();
      client.ask("NOOP");
      assertThatThrownBy(() -> server.awaitMessages(2, Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected 2 messages within PT0.001S, got 1 over 1 connections")
          .hasMessageContaining("C1: <a@b> to <c@d>, 3 octets")
          .hasMessageContaining("C1: NOOP");
    }
  }

  @Test
  void awaitsMessagesThatComeLater() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (SmtpServer server = SmtpServer.start()) {
      Future<List<ReceivedMessage>> awaited = thread.submit(() -> server.awaitMessages(3, MAX));
      sendMessages(server, 1, 3);
      assertThat(awaited.get()).hasSize(3);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void closesConnectionsPortAndThreadsAndDoesItOnce() throws Exception {
    SmtpServer server = SmtpServer.start();
    try (RawClient client = RawClient.greeted(server)) {
      assertThat(server.openConnections()).isEqualTo(1);
      server.close();
      server.close();
      assertThat(client.rest()).isEmpty();
    }
    assertThat(server.openConnections()).isZero();
    assertThatThrownBy(() -> RawClient.connect(server)).isInstanceOf(ConnectException.class);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("smtp-testkit")) {
        thread.join(5_000); // it has ended its work, and may still be on its way out
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void refusesAPortInUseWithItsCause() {
    try (SmtpServer server = SmtpServer.start()) {
      assertThatThrownBy(() -> SmtpServer.builder().port(server.port()).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageEndingWith("127.0.0.1:" + server.port())
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void dropsConnectionsButNotTheListener() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient first = RawClient.greeted(server)) {
      server.dropConnections();
      assertThatThrownBy(first::reply).isInstanceOf(EOFException.class);
      RawClient.greeted(server).close();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void tellsWhenItKeepsNoTranscriptOrMessages() throws IOException {
    try (SmtpServer server = SmtpServer.builder().transcript(false).sink(new DigestSink()).start();
        RawClient client = RawClient.connect(server)) {
      client.send(SESSION);
      assertThat(codes(client.rest())).isEqualTo(SESSION_CODES);
      assertThat(server.accepted()).isEqualTo(2);
      assertThatThrownBy(server::messages).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(server::transcript).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void assertSessionArrived(List<ReceivedMessage> messages) {
    assertThat(messages).hasSize(2);
    ReceivedMessage first = messages.get(0);
    assertThat(first.text()).isEqualTo("Subject: dots\r\n\r\n.one\r\n..two\r\nmiddle.\r\n");
    assertThat(first.parameters()).hasToString(" SIZE=10 BODY=8BITMIME");
    assertThat(first.recipients())
        .extracting(Object::toString)
        .containsExactly("RCPT TO:<b@example.org>", "RCPT TO:<c@example.org> NOTIFY=NEVER");
    ReceivedMessage second = messages.get(1);
    assertThat(second.reversePath()).isNull();
    assertThat(second.text()).isEqualTo(".\r\n.\r\nend\n");
    assertThat(second.chunked()).isTrue();
  }

  /** The codes of final reply lines. */
  private static String codes(String replies) {
    return replies
        .lines()
        .filter(line -> line.charAt(3) == ' ')
        .map(line -> line.substring(0, 3))
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }
}
