package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.TlsOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server that says anything before there is a session. The handshake ends, as a session only if
 * the server said yes to each thing in turn, and in clear no secret is said. The first octet of an
 * input chooses the mode; after it, the octet 0xFF ends a read.
 */
class HandshakeFuzzTest {

  private static final String PASSWORD = "open-sesame";

  /** Those that answer at once: SCRAM hashes on a thread of its own. */
  private static final Credentials CREDENTIALS =
      Credentials.password("ali.baba", PASSWORD).only("CRAM-MD5", "PLAIN", "LOGIN");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final TlsUpgrade TLS =
      new TlsUpgrade(TlsOptions.DEFAULT, TlsMode.REQUIRED, PATIENCE);

  private @Nullable SmtpSession ready;
  private @Nullable Throwable failed;

  @FuzzTest
  void isASessionOnlyIfTheServerSaidYes(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    ready = null;
    failed = null;
    boolean required = (octets[0] & 1) != 0;
    boolean withCredentials = (octets[0] & 2) != 0;
    boolean inClear = (octets[0] & 4) != 0;
    TestOptions chosen = new TestOptions();
    chosen.tlsMode = required ? TlsMode.REQUIRED : TlsMode.NONE;
    chosen.credentials = withCredentials ? CREDENTIALS : null;
    chosen.cleartextAuth = inClear;
    chosen.lmtp = (octets[0] & 8) != 0;
    ClientOptions options = chosen.build();
    EmbeddedChannel channel = new EmbeddedChannel();
    SmtpSession session = new SmtpSession(channel, TestOptions.SERVER, options, new ServerTraits());
    channel.pipeline().addLast(new SmtpChannelHandler(session));
    Announcer announcer = new Announcer(event -> {}, new ConnectionEvent.Id(1, "mx.example:25"));
    new Handshake(session, options, options.connect().tlsMode(), TLS, announcer)
        .run()
        .subscribe(it -> ready = it, it -> failed = it);

    String heard = new String(octets, 1, octets.length - 1, ISO_8859_1);
    StringBuilder said = new StringBuilder(said(channel));
    for (String read : heard.split("\u00FF", -1)) {
      if (channel.isOpen() && !read.isEmpty()) {
        channel.writeInbound(Unpooled.copiedBuffer(read, ISO_8859_1));
        channel.runPendingTasks();
        said.append(said(channel));
      }
    }
    boolean isReady = ready != null;
    session.abort("The end.");
    channel.runPendingTasks();
    said.append(said(channel));
    channel.finishAndReleaseAll();

    assertTrue(isReady || failed != null, "a hang");
    assertTrue(failed == null || failed instanceof SmtpException, () -> "a mistake: " + failed);
    checkSecrets(said.toString(), required || !inClear || !withCredentials);
    if (isReady) {
      assertFalse(required, "a session without TLS");
      List<Integer> codes = codes(heard.replace("\u00FF", ""));
      assertEquals(220, codes.get(0));
      assertTrue(codes.subList(1, codes.size()).stream().anyMatch(code -> code / 100 == 2));
      assertTrue(!withCredentials || (inClear && codes.contains(235)), "who it is was not asked");
    }
  }

  private static void checkSecrets(String said, boolean none) {
    assertFalse(said.contains(PASSWORD));
    assertFalse(said.contains("MAIL") || said.contains("RCPT"), said);
    assertFalse(none && said.contains("AUTH"), said);
  }

  private static String said(EmbeddedChannel channel) {
    StringBuilder said = new StringBuilder();
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      said.append(written.toString(UTF_8));
      written.release();
    }
    return said.toString();
  }

  /** The codes of the lines that end a reply. */
  private static List<Integer> codes(String heard) {
    List<Integer> codes = new ArrayList<>();
    for (String line : heard.split("\r*\n", -1)) {
      if (line.matches("(?s)[2-5][0-9][0-9]( .*)?")) {
        codes.add(Integer.parseInt(line.substring(0, 3)));
      }
    }
    return codes;
  }
}
