package io.github.reactivesmtp.benchmarks.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.benchmarks.clients.JavaPeer.Setup;
import io.github.reactivesmtp.benchmarks.peers.MailText;
import io.github.reactivesmtp.testkit.ContentDigest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Peer WHOLE = Samples.peer(Setup.ANGUS);
  private static final Peer TEXT = Samples.peer(Setup.VERTX);
  private static final LoadCase LOAD = new LoadCase(1, 1024, 2, 0);

  /** 5 in the measured part and 2 before it. */
  private static final Figures SENT = new Figures(5, 1, 1, 1, 0, 1, 1, 2);

  private static String digest(byte[] content) {
    ContentDigest digest = new ContentDigest();
    for (int i = 0; i < 7; i++) {
      digest.add(content);
    }
    return digest.hex();
  }

  private static @Nullable String verdict(Peer peer, SinkStats held) {
    return Verdict.of(peer, LOAD, SENT, held);
  }

  @Test
  void agreesIfTheSinkHoldsWhatWasSent() {
    byte[] message = MailText.of(1024).octets();
    byte[] text = MailText.of(1024).text().getBytes(StandardCharsets.US_ASCII);
    assertThat(verdict(WHOLE, new SinkStats(7, 14, digest(message)))).isNull();
    assertThat(verdict(TEXT, new SinkStats(7, 14, digest(text)))).isNull();
  }

  @Test
  void agreesIfTheSinkTellsNoMoreThanTheNumber() {
    assertThat(verdict(WHOLE, new SinkStats(7, -1, null))).isNull();
  }

  @Test
  void noticesEachDifference() {
    assertThat(verdict(WHOLE, new SinkStats(6, 12, null))).contains("7 messages").contains("6");
    assertThat(verdict(WHOLE, new SinkStats(8, 16, null))).contains("holds 8");
    assertThat(verdict(WHOLE, new SinkStats(7, 13, null))).contains("14 recipients");
    byte[] other = MailText.of(1023).octets();
    assertThat(verdict(WHOLE, new SinkStats(7, 14, digest(other)))).contains("other octets");
    assertThat(verdict(TEXT, new SinkStats(7, 14, digest(MailText.of(1024).octets()))))
        .contains("other octets");
  }

  @Test
  void noticesWhatTheSenderSays() {
    SinkStats held = new SinkStats(7, 14, null);
    assertThat(Verdict.of(WHOLE, LOAD, new Figures(5, 1, 1, 1, 1, 1, 1, 2), held))
        .contains("1 messages failed");
    assertThat(Verdict.of(WHOLE, LOAD, new Figures(0, 1, 1, 1, 0, 1, 1, 7), held))
        .contains("nothing");
  }
}
