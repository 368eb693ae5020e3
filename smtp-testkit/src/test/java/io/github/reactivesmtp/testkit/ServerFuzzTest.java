package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client that says anything: well-formed replies, the same however its octets are cut. */
class ServerFuzzTest {

  private static final int MAX_MESSAGE = 1000;
  private static final ServerSettings SETTINGS =
      SmtpServer.builder()
          .extensions(
              "PIPELINING",
              "8BITMIME",
              "SIZE 1000",
              "CHUNKING",
              "BINARYMIME",
              "SMTPUTF8",
              "ENHANCEDSTATUSCODES",
              "DSN",
              "ETRN",
              "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER EXTERNAL")
          .user("ann", "secret")
          .token("ann", "token")
          .scramIterations(1)
          .maxMessageOctets(MAX_MESSAGE)
          .maxRecipients(5)
          .settings();

  /** What came of one connection. */
  private record Seen(List<Integer> codes, List<String> messages) {}

  @FuzzTest
  void answersInOrderHoweverItIsCut(byte[] octets) {
    List<byte[]> single = new ArrayList<>();
    for (byte octet : octets) {
      single.add(new byte[] {octet});
    }
    Seen whole = play(List.of(octets));
    assertEquals(whole, play(single));
    long lines = new String(octets, ISO_8859_1).chars().filter(c -> c == '\n').count();
    // The greeting, and in LMTP each recipient once more after the content; a chunk is a line, too.
    assertTrue(whole.codes().size() <= 1 + 2 * lines, "more replies than there can be");
  }

  private static Seen play(List<byte[]> reads) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    ServerLog log = new ServerLog(new Transcript());
    RecordingSink sink = new RecordingSink();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            DefaultChannelId.newInstance(),
            false,
            false,
            new ServerConnection(SETTINGS, log, new ScriptRun(List.of()), sink));
    channel.config().setAllocator(allocator);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      channel.register();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    collect(channel, said);
    for (byte[] read : reads) {
      if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(read));
        channel.runPendingTasks();
        collect(channel, said);
      }
    }
    channel.finishAndReleaseAll();
    channel.checkException();
    assertEquals(List.of(), log.failures());
    assertEquals(0, allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory());
    List<String> messages =
        sink.messages().stream().map(it -> new String(it.content(), ISO_8859_1)).toList();
    assertTrue(messages.stream().allMatch(it -> it.length() <= MAX_MESSAGE));
    return new Seen(codes(said.toByteArray()), messages);
  }

  private static void collect(EmbeddedChannel channel, ByteArrayOutputStream said) {
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      byte[] octets = new byte[written.readableBytes()];
      written.readBytes(octets).release();
      said.writeBytes(octets);
    }
  }

  private static List<Integer> codes(byte[] said) {
    List<Integer> codes = new ArrayList<>();
    ReplyParser parser = new ReplyParser();
    ByteBuffer in = ByteBuffer.wrap(said);
    SmtpReply reply;
    while ((reply = parser.parse(in)) != null) {
      codes.add(reply.code());
    }
    assertTrue(parser.isEmpty(), "half a reply");
    return codes;
  }
}
