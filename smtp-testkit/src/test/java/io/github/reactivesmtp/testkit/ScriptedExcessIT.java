package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that says more than it should. */
@Timeout(60)
class ScriptedExcessIT {

  private static final String ENVELOPE = "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n";

  private static SmtpServer scripted(UnaryOperator<SmtpScript.Builder> rules) {
    return SmtpServer.builder().script(rules.apply(SmtpScript.builder()).build()).start();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void saysAnExtraReplyBehindTheUsualOne(int pauseMillis) throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.MAIL)
                        .nth(1)
                        .answerThenExtra(Duration.ofMillis(pauseMillis), 554, "stray"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE);
      assertThat(client.codes(3)).containsExactly(250, 554, 250);
    }
  }

  /** What goes in one write is read in one piece over loopback. */
  @Test
  void theExtraReplyComesInTheSamePacket() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.NOOP).answerWithExtra(250, "again"));
        RawClient client = RawClient.greeted(server)) {
      Socket socket = client.socket();
      client.send("NOOP\r\n");
      byte[] first = new byte[100];
      int octets = socket.getInputStream().read(first);
      assertThat(new String(first, 0, octets, US_ASCII)).isEqualTo("250 2.0.0 Ok\r\n250 again\r\n");
    }
  }

  @Test
  void anExtraReplyDecidesNothing() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.CONTENT).answerWithExtra(554, "stray"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "BDAT 1 LAST\r\nx");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 554);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void acceptsAndSaysGoodbye() throws IOException {
    try (SmtpServer server =
            scripted(s -> s.on(Phase.CONTENT).answerThenGoodbye(421, "4.3.2 going down"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "BDAT 1 LAST\r\nxNOOP\r\n");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 421);
      assertThat(client.rest()).isEmpty();
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void refusesWhateverItSays() throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.CONTENT)
                        .refusing()
                        .raw("250 stray\r\n554 5.7.1 spam\r\n")
                        .on(Phase.MAIL)
                        .nth(2)
                        .refusing()
                        .answerNormally());
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "BDAT 1 LAST\r\nx");
      assertThat(client.codes(4)).containsExactly(250, 250, 250, 554);
      assertThat(server.messages()).isEmpty();
      client.send(ENVELOPE);
      assertThat(client.codes(2)).containsExactly(250, 503);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 512, 5000})
  void saysALineOfSoManyOctets(int octets) throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.MAIL).longLine(250, octets));
        RawClient client = RawClient.greeted(server)) {
      assertThat(client.send("MAIL FROM:<a@b>\r\n").reply())
          .startsWith("250 ")
          .hasSize(octets - "\r\n".length());
      assertThat(client.ask("RCPT TO:<c@d>")).isEqualTo(250);
    }
  }

  @Test
  void aLineNeedsRoomForItsCode() {
    assertThatThrownBy(() -> scripted(s -> s.on(Phase.MAIL).longLine(250, 5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Far more than sockets hold, so it does go on; a client that does not read is no trouble. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void goesOnUntilTheClientIsGone(boolean lines) throws IOException {
    try (SmtpServer server =
        scripted(
            s -> {
              SmtpScript.RuleBuilder onNoop = s.on(Phase.NOOP);
              return lines ? onNoop.endlessReply(250) : onNoop.endlessLine(250);
            })) {
      try (RawClient client = RawClient.greeted(server)) {
        client.send("NOOP\r\nQUIT\r\n");
        byte[] start = client.socket().getInputStream().readNBytes(32 << 20);
        assertThat(start)
            .startsWith(lines ? "250-and".getBytes(US_ASCII) : "250 xxx".getBytes(US_ASCII));
        assertThat(new String(start, US_ASCII).indexOf("\n250 ")).isEqualTo(-1);
        assertThat(server.openConnections()).isEqualTo(1);
      }
      awaitNoConnection(server);
      assertThat(server.failures()).isEmpty();
    }
  }

  static void awaitNoConnection(SmtpServer server) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.openConnections() > 0) {
      assertThat(System.nanoTime()).as("still connections open").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
