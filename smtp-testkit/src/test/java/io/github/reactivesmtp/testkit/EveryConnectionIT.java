package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What befalls idle connections. */
@Timeout(60)
class EveryConnectionIT {

  @Test
  void saysToAllWhatNobodyAskedFor() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient one = RawClient.greeted(server);
        RawClient two = RawClient.greeted(server)) {
      assertThat(server.everyConnection().say(450, "4.0.0 hm")).isEqualTo(2);
      assertThat(one.reply()).isEqualTo("450 4.0.0 hm");
      assertThat(two.reply()).isEqualTo("450 4.0.0 hm");
      assertThat(one.ask("NOOP")).isEqualTo(250);
      server.everyConnection().raw("25");
      assertThat(two.read()).isEqualTo('2');
    }
  }

  @Test
  void aConnectionThatIsGoneIsNotMet() throws IOException {
    try (SmtpServer server = SmtpServer.start()) {
      RawClient.greeted(server).close();
      ScriptedExcessIT.awaitNoConnection(server);
      assertThat(server.everyConnection().close()).isZero();
    }
  }

  @Test
  void saysGoodbyeAndCloses() throws IOException {
    assertThat(endOf(all -> all.sayThenClose(421, "4.3.2 going down")))
        .isEqualTo("421 4.3.2 going down\r\n");
  }

  @Test
  void closesWithoutAWord() throws IOException {
    assertThat(endOf(EveryConnection::close)).isEmpty();
  }

  private static String endOf(ToIntFunction<EveryConnection> intervention) throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      assertThat(intervention.applyAsInt(server.everyConnection())).isEqualTo(1);
      return client.rest();
    }
  }

  @Test
  void resets() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      server.everyConnection().reset();
      assertThatThrownBy(client::code)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  /** The server hears what is said after its FIN, and the connection lasts while the client's. */
  @Test
  void halfCloses() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      server.everyConnection().halfClose();
      assertThat(client.rest()).isEmpty();
      client.send("NOOP still there\r\n").socket().shutdownOutput();
      ScriptedExcessIT.awaitNoConnection(server);
      assertThat(server.transcript(1)).endsWith("C1: NOOP still there");
    }
  }

  @Test
  void hangsButReadsOn() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      server.everyConnection().hang();
      client.send("NOOP in vain\r\n").socket().shutdownOutput();
      assertThat(client.rest()).isEmpty();
      assertThat(server.transcript(1)).endsWith("C1: NOOP in vain");
    }
  }

  @Test
  void neverEndsAReply() throws IOException {
    try (SmtpServer server = SmtpServer.start();
        RawClient client = RawClient.greeted(server)) {
      server.everyConnection().endlessReply(250);
      byte[] start = client.socket().getInputStream().readNBytes(8 << 20);
      assertThat(start).hasSize(8 << 20);
      assertThat(server.openConnections()).isEqualTo(1);
    }
  }
}
