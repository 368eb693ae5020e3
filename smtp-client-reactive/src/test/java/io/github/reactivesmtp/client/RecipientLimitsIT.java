package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** More recipients than the server takes in one transaction or session, over real sockets. */
@Timeout(60)
class RecipientLimitsIT {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int ENVELOPES = 20;
  private static final int RECIPIENTS = 7;

  private static Envelope envelope(int number) {
    Envelope.Builder builder =
        Envelope.builder()
            .from("from@example.com")
            .body(MessageBody.text("Subject: " + number + "\r\n\r\ntext\r\n"));
    for (int i = 0; i < RECIPIENTS; i++) {
      builder.to(number + "-" + i + "@" + i % 3 + ".example");
    }
    return builder.build();
  }

  private static List<SendResult> send(
      SmtpServer server, int envelopes, UnaryOperator<SmtpClient.Builder> change) {
    SmtpClient client =
        change
            .apply(
                SmtpClient.builder(server.host(), server.port())
                    .tls(TlsMode.NONE)
                    .maxAttempts(1)
                    .pool(pool -> pool.maxConnections(3)))
            .build();
    List<SendResult> results =
        client
            .sendAll(Flux.range(0, envelopes).map(RecipientLimitsIT::envelope))
            .collectList()
            .block(WAIT);
    client.disposeLater().block(WAIT);
    assertThat(results).isNotNull();
    return results;
  }

  /** One result an envelope, all accepted, and the server has each recipient once. */
  private static void assertEachOnce(SmtpServer server, List<SendResult> results) {
    int envelopes = results.size();
    assertThat(results)
        .allMatch(SendResult::isAccepted)
        .allMatch(result -> result.attempts() == 1)
        .allMatch(result -> result.cause() == null);
    assertThat(results).extracting(SendResult::envelope).doesNotHaveDuplicates().hasSize(envelopes);
    assertThat(server.messages())
        .flatExtracting(ReceivedMessage::recipients)
        .extracting(SmtpCommand.Rcpt::forwardPath)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, envelopes)
                .mapToObj(RecipientLimitsIT::envelope)
                .flatMap(envelope -> envelope.recipients().stream())
                .map(Recipient::address)
                .toList());
  }

  private static Stream<String> mails(SmtpServer server, int connection) {
    return server.transcript(connection).stream().filter(line -> line.contains("MAIL FROM"));
  }

  @ParameterizedTest
  @CsvSource({
    "OFF,false",
    "OFF,true",
    "GROUPED,false",
    "GROUPED,true",
    "OVERLAPPED,false",
    "OVERLAPPED,true"
  })
  void limitsAreKept(Pipelining mode, boolean chunking) {
    SmtpServerBuilder limited =
        SmtpServer.builder()
            .extensions("PIPELINING", "CHUNKING", "LIMITS RCPTMAX=3 MAILMAX=2")
            .maxRecipients(3);
    try (SmtpServer server = limited.start()) {
      List<SendResult> results =
          send(server, ENVELOPES, b -> b.pipelining(mode).chunking(chunking));

      assertEachOnce(server, results);
      assertThat(server.messages()).allMatch(message -> message.recipients().size() <= 3);
      assertThat(server.transcript())
          .filteredOn(line -> line.contains("RCPT TO"))
          .as("none was refused and said again")
          .hasSize(ENVELOPES * RECIPIENTS);
      assertThat(server.connections()).isGreaterThanOrEqualTo(ENVELOPES * 3 / 2);
      for (int connection = 1; connection <= server.connections(); connection++) {
        assertThat(mails(server, connection).count()).isLessThanOrEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"OFF,false", "GROUPED,false", "GROUPED,true", "OVERLAPPED,false", "OVERLAPPED,true"})
  void tooManyRecipientsFollowInFurtherTransactions(Pipelining mode, boolean chunking) {
    try (SmtpServer server = SmtpServer.builder().maxRecipients(3).start()) {
      List<SendResult> results =
          send(server, ENVELOPES, b -> b.pipelining(mode).chunking(chunking));

      assertEachOnce(server, results);
      assertThat(server.connections()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aSessionHasNoMoreDomainsThanItMay() {
    SmtpServerBuilder limited =
        SmtpServer.builder().extensions("PIPELINING", "LIMITS RCPTDOMAINMAX=1");
    try (SmtpServer server = limited.start()) {
      List<SendResult> results = send(server, 3, b -> b);

      assertEachOnce(server, results);
      for (int connection = 1; connection <= server.connections(); connection++) {
        int number = connection;
        assertThat(server.messages())
            .filteredOn(message -> message.connection() == number)
            .flatExtracting(ReceivedMessage::recipients)
            .extracting(SmtpCommand.Rcpt::forwardPath)
            .extracting(MailAddress::domain)
            .satisfies(domains -> assertThat(Stream.of(domains.toArray()).distinct()).hasSize(1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"OFF,MAIL", "OFF,DATA", "GROUPED,MAIL", "GROUPED,DATA"})
  void goodbyeIsNoRoomForOthersAndEndsAfterTheAttemptsAllowed(Pipelining mode, Phase phase) {
    SmtpScript script = SmtpScript.builder().on(phase).replyThenClose(421, "4.3.2 bye").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      List<SendResult> results = send(server, 1, b -> b.pipelining(mode).chunking(false));

      assertThat(results).extracting(SendResult::outcome).containsExactly(Outcome.NOT_SENT);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Postfix says 421 to who goes on after too many; the next transaction does not go so far. */
  @ParameterizedTest
  @CsvSource({"GROUPED,false", "OVERLAPPED,true", "OFF,false"})
  void aServerThatHangsUpAfterTooManyGetsSmallerTransactions(Pipelining mode, boolean chunking) {
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.RCPT)
            .onConnection(1)
            .nth(6)
            .replyThenClose(421, "4.7.0 Error: too many errors")
            .build();
    try (SmtpServer server = SmtpServer.builder().maxRecipients(3).script(script).start()) {
      List<SendResult> results = send(server, 1, b -> b.pipelining(mode).chunking(chunking));

      assertEachOnce(server, results);
      assertThat(server.connections()).isEqualTo(2);
    }
  }
}
