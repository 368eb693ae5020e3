package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that is disposed of leaves no connection behind, not even one still shaking hands. */
@Timeout(60)
class DisposeWhileConnectingIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  @Test
  void theConnectionIsClosed() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      SmtpClient client =
          SmtpClient.builder("127.0.0.1", server.getLocalPort()).tls(TlsMode.NONE).build();
      CompletableFuture<SendResult> result = client.send(TestMail.message()).toFuture();
      try (Socket peer = server.accept()) {
        client.disposeLater(Duration.ofMillis(100)).block(WAIT);

        assertThat(result.join().outcome()).isEqualTo(Outcome.NOT_SENT);
        // It would wait five minutes for a greeting.
        peer.setSoTimeout(10_000);
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
      }
    }
  }
}
