package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.SmtpCommand;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmtpScriptIT {

  private static final String ENVELOPE = "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n";
  private static final String MESSAGE = "x\r\n.\r\n";

  private static SmtpServer scripted(UnaryOperator<SmtpScript.Builder> rules) {
    return SmtpServer.builder().script(rules.apply(SmtpScript.builder()).build()).start();
  }

  @Test
  void refusesTheSecondRecipientOfEachConnection() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.RCPT).nth(2).reply(550, "5.1.1 no"))) {
      for (int i = 0; i < 2; i++) {
        try (RawClient client = RawClient.greeted(server)) {
          client.send(ENVELOPE + "RCPT TO:<e@f>\r\nRCPT TO:<g@h>\r\nDATA\r\n");
          assertThat(client.codes(5)).containsExactly(250, 250, 550, 250, 354);
          assertThat(client.send(MESSAGE).code()).isEqualTo(250);
        }
      }
      assertThat(server.messages())
          .hasSize(2)
          .allSatisfy(
              message ->
                  assertThat(message.recipients())
                      .extracting(recipient -> recipient.forwardPath().toString())
                      .containsExactly("c@d", "g@h"));
    }
  }

  @Test
  void countsOverAllConnections() throws IOException {
    try (SmtpServer server =
        scripted(
            s ->
                s.on(Phase.NOOP)
                    .once()
                    .reply(451, "first")
                    .on(Phase.NOOP)
                    .nthInTotal(3)
                    .reply(452, "third")
                    .on(Phase.NOOP)
                    .onConnection(2)
                    .reply(453, "other connection"))) {
      try (RawClient one = RawClient.greeted(server);
          RawClient two = RawClient.greeted(server)) {
        assertThat(one.ask("NOOP")).isEqualTo(451);
        assertThat(two.ask("NOOP")).isEqualTo(453);
        assertThat(one.ask("NOOP")).isEqualTo(452);
        assertThat(one.ask("NOOP")).isEqualTo(250);
      }
    }
  }

  @Test
  void seesTheCommand() throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.RCPT)
                        .when(
                            command ->
                                command instanceof SmtpCommand.Rcpt rcpt
                                    && rcpt.forwardPath().localPart().equals("nobody"))
                        .reply(550, "5.1.1 nobody"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "RCPT TO:<nobody@d>\r\n");
      assertThat(client.codes(3)).containsExactly(250, 250, 550);
    }
  }

  @Test
  void laterCommandsWaitForADelayedAnswer() throws IOException {
    try (SmtpServer server =
            scripted(s -> s.on(Phase.MAIL).delay(Duration.ofMillis(200)).thenReply(250, "late"));
        RawClient client = RawClient.greeted(server)) {
      long start = System.nanoTime();
      client.send(ENVELOPE + "DATA\r\n");
      assertThat(client.reply()).isEqualTo("250 late");
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
      assertThat(client.codes(2)).containsExactly(250, 354);
      assertThat(client.send(MESSAGE).code()).isEqualTo(250);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void hangsButReadsOn() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.RCPT).once().hang());
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "NOOP one\r\n");
      assertThat(client.code()).isEqualTo(250);
      client.send("NOOP two\r\nQUIT\r\n");
      client.socket().shutdownOutput();
      assertThat(client.rest()).isEmpty();
      assertThat(server.transcript(1)).endsWith("C1: NOOP one", "C1: NOOP two", "C1: QUIT");
    }
  }

  /** Many, because it takes a client that goes between what is read and what is said. */
  @Test
  void hasNoTroubleToResetWhatTheClientHasReset() throws IOException {
    SmtpServer server = scripted(s -> s.on(Phase.NOOP).reset());
    try (server) {
      for (int i = 0; i < 300; i++) {
        try (RawClient client = RawClient.greeted(server)) {
          client.socket().setSoLinger(true, 0);
          client.send("EHLO x\r\nNOOP\r\n");
        }
      }
    }
    assertThat(server.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "MID_CONTENT", "CONTENT", "RSET"})
  void resetsTheConnectionAfterWhatWasSaidBefore(Phase phase) throws IOException {
    try (SmtpServer server = scripted(s -> s.on(phase).reset());
        RawClient client = RawClient.connect(server)) {
      assertThatThrownBy(() -> talkUntilItBreaks(client))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
      assertThat(server.messages()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "MID_CONTENT", "CONTENT", "RSET"})
  void closesTheConnectionInOrder(Phase phase) throws IOException {
    try (SmtpServer server = scripted(s -> s.on(phase).close());
        RawClient client = RawClient.connect(server)) {
      assertThatThrownBy(() -> talkUntilItBreaks(client)).isInstanceOf(EOFException.class);
      assertThat(server.messages()).isEmpty();
    }
  }

  private static void talkUntilItBreaks(RawClient client) throws IOException {
    client.code();
    client.ask("EHLO x");
    client.ask("RSET");
    client.ask("MAIL FROM:<a@b>");
    client.ask("RCPT TO:<c@d>");
    client.ask("DATA");
    client.ask("x\r\n.");
    throw new AssertionError("nothing broke");
  }

  @Test
  void saysAReplyAndThenCloses() throws IOException {
    try (SmtpServer server =
            scripted(s -> s.on(Phase.RCPT).nth(2).replyThenClose(421, "4.3.2 going down"));
        RawClient client = RawClient.greeted(server)) {
      // What follows the 421 is sent already; it must not turn the end into a reset.
      client.send(ENVELOPE + "RCPT TO:<e@f>\r\n" + "NOOP\r\n".repeat(10_000));
      assertThat(client.codes(3)).containsExactly(250, 250, 421);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void acceptsAMessageAndThenBreaksOff() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.CONTENT).accepting().reset());
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "DATA\r\n").codes(3);
      client.send(MESSAGE);
      assertThatThrownBy(client::code).isInstanceOf(SocketException.class);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void doesNotStoreWhatItRefuses() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.CONTENT).nth(1).reply(554, "5.7.1 spam"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "DATA\r\n").codes(3);
      assertThat(client.send(MESSAGE).code()).isEqualTo(554);
      assertThat(server.messages()).isEmpty();
      client.send(ENVELOPE + "BDAT 1 LAST\r\nx");
      assertThat(client.codes(3)).containsExactly(250, 250, 250);
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void saysRawOctets() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.NOOP).raw("25\n\u0000"));
        RawClient client = RawClient.greeted(server)) {
      client.send("NOOP\r\nQUIT\r\n");
      assertThat(client.rest()).isEqualTo("25\n\u0000" + "221 2.0.0 Bye\r\n");
    }
  }

  @Test
  void aRawReplyTakesEffectToo() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.MAIL).raw("250 sender\r\n220 stray\r\n"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE);
      assertThat(client.codes(3)).containsExactly(250, 220, 250);
    }
  }

  @Test
  void splitsAReplyAtEveryOctet() throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.EHLO)
                        .splitEveryByte()
                        .on(Phase.NOOP)
                        .splitEveryByte(250, "one", "two"));
        RawClient client = RawClient.connect(server)) {
      client.code();
      client.send("EHLO x\r\nNOOP\r\nRSET\r\n");
      assertThat(client.reply()).startsWith("250-testkit.example\n").endsWith("250 DSN");
      assertThat(client.reply()).isEqualTo("250-one\n250 two");
      assertThat(client.reply()).isEqualTo("250 2.0.0 Ok");
    }
  }

  @Test
  void offersOtherExtensions() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.EHLO).onConnection(2).advertise("SIZE 10"));
        RawClient one = RawClient.greeted(server);
        RawClient two = RawClient.connect(server)) {
      two.code();
      assertThat(two.send("EHLO x\r\n").reply()).isEqualTo("250-testkit.example\n250 SIZE 10");
      assertThat(two.ask("BDAT 0 LAST")).isEqualTo(502);
      assertThat(two.ask("MAIL FROM:<a@b> SIZE=11")).isEqualTo(552);
      assertThat(one.ask("BDAT 0 LAST")).isEqualTo(503);
    }
  }

  @Test
  void goesOnAsAcceptedAfterAScriptedAcceptance() throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.RCPT)
                        .reply(550, "5.1.1 no")
                        .on(Phase.DATA)
                        .reply(354, "go on, it will not help you"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "DATA\r\n");
      assertThat(client.codes(3)).containsExactly(250, 550, 354);
      assertThat(client.ask(".")).isEqualTo(554);
      assertThat(client.ask("NOOP")).isEqualTo(250);
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void aRefusedCommandHasNoEffect() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.MAIL).once().reply(451, "4.7.1 greylisted"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE);
      assertThat(client.codes(2)).containsExactly(451, 503);
      client.send(ENVELOPE);
      assertThat(client.codes(2)).containsExactly(250, 250);
    }
  }

  @Test
  void speaksUnaskedInTheMiddleOfAContent() throws IOException {
    try (SmtpServer server =
            scripted(s -> s.on(Phase.MID_CONTENT).reply(452, "4.3.1 disk nearly full"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "DATA\r\n").codes(3);
      assertThat(client.send("first line\r\n").code()).isEqualTo(452);
      assertThat(client.send(".\r\n").code()).isEqualTo(250);
      client.send(ENVELOPE + "BDAT 3\r\nabcBDAT 2 LAST\r\nde");
      assertThat(client.codes(5)).containsExactly(250, 250, 452, 250, 250);
    }
  }

  @Test
  void refusesAChunkOfItsOwnAccord() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.BDAT).nth(2).reply(452, "4.3.1 full"));
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE + "BDAT 1\r\naBDAT 1\r\nbBDAT 1\r\ncBDAT 1 LAST\r\ndRSET\r\n");
      assertThat(client.codes(7)).containsExactly(250, 250, 250, 452, 503, 503, 250);
      client.send(ENVELOPE + "BDAT 1 LAST\r\ne");
      assertThat(client.codes(3)).containsExactly(250, 250, 250);
      assertThat(server.messages())
          .singleElement()
          .extracting(ReceivedMessage::text)
          .isEqualTo("e");
    }
  }

  @Test
  void storesForTheRecipientsThatAcceptOverLmtp() throws IOException {
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.CONTENT)
                        .nth(1)
                        .delay(Duration.ofMillis(1))
                        .thenReply(452, "4.2.2 mailbox full"));
        RawClient client = RawClient.connect(server)) {
      client.send("LHLO x\r\n" + ENVELOPE + "RCPT TO:<e@f>\r\nDATA\r\n" + MESSAGE + "NOOP\r\n");
      assertThat(client.codes(9)).containsExactly(220, 250, 250, 250, 250, 354, 452, 250, 250);
      assertThat(server.messages())
          .singleElement()
          .satisfies(
              message ->
                  assertThat(message.recipients()).singleElement().hasToString("RCPT TO:<e@f>"));
    }
  }

  @Test
  void turnsAwayAtTheDoor() throws IOException {
    try (SmtpServer server = scripted(s -> s.on(Phase.CONNECT).reply(554, "no service"));
        RawClient client = RawClient.connect(server)) {
      client.send("EHLO x\r\nNOOP\r\nQUIT\r\n");
      assertThat(client.codes(4)).containsExactly(554, 503, 503, 221);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aThrowingPredicateClosesTheConnectionAndIsReported(int delayMillis) throws IOException {
    RuntimeException mistake = new IllegalStateException("a mistake in a test");
    try (SmtpServer server =
            scripted(
                s ->
                    s.on(Phase.MAIL)
                        .delay(Duration.ofMillis(delayMillis))
                        .answerNormally()
                        .on(Phase.RCPT)
                        .when(
                            command -> {
                              throw mistake;
                            })
                        .hang());
        RawClient client = RawClient.greeted(server)) {
      client.send(ENVELOPE.repeat(3));
      assertThat(client.rest()).hasSizeLessThan(100);
      assertThat(server.failures()).containsExactly(mistake);
    }
  }
}
