package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many messages over few encrypted connections: each arrives once, byte for byte. */
@NeedsPostfix
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PostfixPipeliningIT {

  private static final List<Envelope> MESSAGES = Mail.many(300, "all");

  private final PostfixServer postfix;

  PostfixPipeliningIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({
    "OFF,        data, STARTTLS",
    "OFF,        bdat, STARTTLS",
    "GROUPED,    data, STARTTLS",
    "GROUPED,    bdat, STARTTLS",
    "GROUPED,    bdat, IMPLICIT_TLS",
    "OVERLAPPED, data, STARTTLS",
    "OVERLAPPED, bdat, STARTTLS",
  })
  void eachArrivesOnce(Pipelining pipelining, String transfer, PostfixService service)
      throws IOException {
    postfix.markLog();

    List<SendResult> results =
        Clients.sendAll(
            Clients.of(postfix, service)
                .pipelining(pipelining)
                .chunking(transfer.equals("bdat"))
                .pool(pool -> pool.maxConnections(2)),
            MESSAGES);

    assertThat(results)
        .allMatch(SendResult::isAccepted)
        .extracting(result -> result.envelope().tag())
        .containsExactlyInAnyOrderElementsOf(MESSAGES.stream().map(Envelope::tag).toList());
    assertThat(postfix.takeMessages(MESSAGES.size()))
        .containsExactlyInAnyOrderElementsOf(Mail.copies(MESSAGES));
    postfix.awaitLogLine("disconnect from .* " + transfer + "=\\d+ ");
  }
}
