package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much a connection keeps for a client that sends and does not read. */
class ServerConnectionTest {

  private static final int NOOPS = 10_000;
  private static final int OK = "250 Ok\r\n".length();

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ServerConnection(
              SmtpServer.builder().settings(),
              new ServerLog(null),
              new ScriptRun(List.of()),
              new RecordingSink()));

  @Test
  void repliesLeaveByTheBatchBeforeAllInputIsRead() {
    said();
    for (int i = 0; i < 10; i++) {
      channel.pipeline().fireChannelRead(noops());
    }
    assertThat(said()).isEqualTo(10 * NOOPS * OK);
  }

  @Test
  void inputWaitsWhileRepliesDo() {
    said();
    setWritable(false);
    assertThat(channel.config().isAutoRead()).isFalse();
    channel.writeInbound(noops());
    assertThat(said()).isZero();
    setWritable(true);
    assertThat(said()).isEqualTo(NOOPS * OK);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  private void setWritable(boolean writable) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    buffer.setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  private static ByteBuf noops() {
    return Unpooled.copiedBuffer("NOOP\r\n".repeat(NOOPS), US_ASCII);
  }

  /** Octets of replies since the last call. */
  private int said() {
    int octets = 0;
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      octets += written.readableBytes();
      written.release();
    }
    return octets;
  }
}
