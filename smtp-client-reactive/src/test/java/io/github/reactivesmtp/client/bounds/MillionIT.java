package io.github.reactivesmtp.client.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.ForkedJvm;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.testkit.MessageSink;
import io.github.reactivesmtp.testkit.ReceivedMessage;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As many envelopes as one likes through a JVM of 64 MiB. Runs where the system property {@code
 * bounds.envelopes} says how many, as {@code -Psoak} does: a million.
 */
@EnabledIfSystemProperty(named = "bounds.envelopes", matches = "\\d+")
@Timeout(1800)
class MillionIT {

  private static final int ENVELOPES = Integer.getInteger("bounds.envelopes", 1_000_000);

  private final BitSet stored = new BitSet();
  private int storedAgain;

  @ParameterizedTest
  @EnumSource(names = {"GROUPED", "STREAMING"})
  void theNumberOfEnvelopesDoesNotMatter(Pipelining mode) throws Exception {
    String output;
    try (SmtpServer server =
        SmtpServer.builder().sink((MessageSink) this::stored).transcript(false).start()) {
      output =
          ForkedJvm.run(
              List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"),
              Million.class,
              Integer.toString(server.port()),
              Integer.toString(ENVELOPES),
              mode.name());
    }
    System.out.print(output);
    assertThat(output).contains("accepted " + ENVELOPES + ", others 0,");
    synchronized (stored) {
      assertThat(stored.cardinality()).isEqualTo(ENVELOPES);
      assertThat(storedAgain).isZero();
    }
  }

  private void stored(ReceivedMessage message) {
    String local = message.recipients().get(0).forwardPath().localPart();
    int id = Integer.parseInt(local.substring(1));
    boolean isRight = message.text().contains("\nNumber " + id + "\r\n");
    synchronized (stored) {
      storedAgain += stored.get(id) || !isRight ? 1 : 0;
      stored.set(id);
    }
  }
}
