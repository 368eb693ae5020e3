package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.TlsMode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Before TLS, where it wants that, Postfix refuses BDAT without reading its octets: they are read
 * as commands.
 */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixRefusedChunkIT {

  private final PostfixServer postfix;

  PostfixRefusedChunkIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @Test
  void repliesToContentAreNotTakenForThoseOfTheNextMessage() {
    // Longer than Postfix reads at once: the replies to the commands come before those to the rest.
    String commands = "NOOP " + " ".repeat(8000) + "\r\nNOOP\r\nNOOP\r\nNOOP\r\n";
    Envelope first = Mail.builder("s", "a").body(MessageBody.text(commands)).build();

    List<SendResult> results =
        Clients.sendAll(
            Clients.of(postfix, PostfixService.STARTTLS_REQUIRED)
                .tls(TlsMode.NONE)
                .pool(pool -> pool.maxConnections(1)),
            List.of(first, Mail.envelope("t", "b")));

    assertThat(results)
        .extracting(result -> result.outcome() + " " + result.reply())
        .containsOnly(Outcome.REJECTED + " 530 5.7.0 Must issue a STARTTLS command first");
  }
}
