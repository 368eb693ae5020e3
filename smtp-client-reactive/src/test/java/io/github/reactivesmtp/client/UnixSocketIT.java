package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** LMTP as it is spoken on one host: over a Unix domain socket. */
@Timeout(60)
class UnixSocketIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void eachRecipientHasItsOwnResult() {
    Path socket = directory.resolve("lmtp");
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.CONTENT)
            .when(rcpt -> rcpt.toString().contains("full"))
            .reply(552, "5.2.2 over quota")
            .build();
    try (SmtpServer server = SmtpServer.builder().unixSocket(socket).script(script).start()) {
      SmtpClient client = SmtpClient.builder(socket).lmtp().build();
      List<SendResult> results =
          client.sendAll(Flux.range(0, 50).map(i -> envelope(i, "full"))).collectList().block(WAIT);
      client.disposeLater().block(WAIT);

      assertThat(results).hasSize(50).allMatch(r -> r.outcome() == Outcome.PARTIAL);
      assertThat(results.get(0).recipients())
          .extracting(r -> r.address() + " " + r.outcome())
          .containsExactly("ann@example.org ACCEPTED", "full@example.org REJECTED");
      assertThat(results.get(0).server().toString()).contains(socket.toString());
      assertThat(server.messages()).hasSize(50);
      assertThat(server.transcript()).anyMatch(line -> line.contains("LHLO"));
    }
  }

  /** Nobody else is on the way, so a password may go over it. */
  @Test
  void credentialsNeedNoTls() {
    Path socket = directory.resolve("submission");
    try (SmtpServer server =
        SmtpServer.builder()
            .unixSocket(socket)
            .user("ann", "secret")
            .extensions("AUTH PLAIN")
            .start()) {
      SmtpClient client =
          SmtpClient.builder(socket).credentials(Credentials.password("ann", "secret")).build();
      assertThat(client.send(envelope(1, "bob")).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
      assertThat(server.messages().get(0).authenticatedAs()).isEqualTo("ann");
    }
  }

  @Test
  void aSocketThatIsNotThereIsNamed() {
    Path socket = directory.resolve("nobody");
    SmtpClient client = SmtpClient.builder(socket).lmtp().maxAttempts(1).build();
    SendResult result = client.send(envelope(1, "bob")).block(WAIT);
    client.disposeLater().block(WAIT);
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.cause()).hasMessageStartingWith("Cannot connect to " + socket);
  }

  private static Envelope envelope(int i, String second) {
    return Envelope.builder()
        .from("from" + i + "@example.com")
        .to("ann@example.org", second + "@example.org")
        .body(MessageBody.text("Subject: " + i + "\r\n\r\n" + i + "\r\n"))
        .build();
  }
}
