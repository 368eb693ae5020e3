package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireBufferTest {

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final WireBuffer out = new WireBuffer(channel);

  WireBufferTest() {
    channel.config().setAllocator(allocator);
  }

  @AfterEach
  void everyBufferIsReleased() {
    out.release();
    channel.finishAndReleaseAll();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  /** What was written since the last call, one entry a write, empty ones left out. */
  private List<String> writes() {
    List<String> writes = new ArrayList<>();
    ByteBuf written;
    while ((written = channel.readOutbound()) != null) {
      if (written.isReadable()) {
        writes.add(written.toString(US_ASCII));
      }
      written.release();
    }
    return writes;
  }

  private static ByteBuf octets(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private void put(int reserved, String text) {
    ByteBuffer room = out.reserve(reserved);
    assertThat(room.remaining()).isGreaterThanOrEqualTo(reserved);
    room.put(text.getBytes(US_ASCII));
    out.commit(room);
  }

  @Test
  void aGroupIsOneWrite() {
    out.command(SmtpCommand.RSET);
    out.command(SmtpCommand.DATA);
    out.append(octets("small\r\n"));
    assertThat(writes()).isEmpty();
    assertThat(out.flush()).isTrue();
    assertThat(writes()).containsExactly("RSET\r\nDATA\r\nsmall\r\n");
  }

  @Test
  void nothingToSayIsNoWrite() {
    assertThat(out.flush()).isFalse();
    out.reserve(100);
    assertThat(out.flush()).isFalse();
    out.command(SmtpCommand.RSET);
    assertThat(out.flush()).isTrue();
    assertThat(out.flush()).as("said once").isFalse();
    assertThat(writes()).containsExactly("RSET\r\n");
  }

  @Test
  void onlyWhatIsCommittedGoesOut() {
    put(100, "one ");
    put(5, "two ");
    ByteBuffer forgotten = out.reserve(20);
    forgotten.put("not this".getBytes(US_ASCII));
    put(10_000, "three");
    out.flush();
    assertThat(writes()).containsExactly("one two three");
  }

  @Test
  void roomGrowsAndKeepsWhatIsThere() {
    String line = "0123456789".repeat(300);
    for (int i = 0; i < 10; i++) {
      put(line.length(), line);
    }
    out.flush();
    assertThat(writes()).containsExactly(line.repeat(10));
  }

  @Test
  void fullRoomIsCountedInFull() {
    ByteBuffer room = out.reserve(1);
    String all = "x".repeat(room.remaining());
    room.put(all.getBytes(US_ASCII));
    out.commit(room);
    put(3, "end");
    out.flush();
    assertThat(writes()).containsExactly(all + "end");
  }

  @Test
  void largeOctetsGoOutUncopiedAndInTheirPlace() {
    ByteBuf large = octets("x".repeat(4097));
    out.command(SmtpCommand.RSET);
    out.append(large);
    out.append(octets("after"));
    assertThat(large.refCnt()).as("not copied").isEqualTo(1);
    out.flush();
    assertThat(writes()).containsExactly("RSET\r\n", "x".repeat(4097), "after");
    assertThat(large.refCnt()).isZero();
  }

  @Test
  void largeOctetsAloneAreFlushedToo() {
    out.append(octets("x".repeat(4097)));
    assertThat(out.flush()).isTrue();
    assertThat(writes()).containsExactly("x".repeat(4097));
    assertThat(out.flush()).isFalse();
  }

  @Test
  void smallOctetsAreCopiedAndReleased() {
    ByteBuf small = octets("skip" + "x".repeat(4096)).skipBytes(4);
    out.append(small);
    assertThat(small.refCnt()).isZero();
    out.append(octets(""));
    out.flush();
    assertThat(writes()).containsExactly("x".repeat(4096));
  }

  @Test
  void whatIsForgottenIsNotSaid() {
    out.command(SmtpCommand.RSET);
    out.release();
    out.release();
    assertThat(out.flush()).isFalse();
    out.command(SmtpCommand.DATA);
    out.flush();
    assertThat(writes()).containsExactly("DATA\r\n");
  }

  @Test
  void whatWasFlushedHasLeft() {
    out.command(SmtpCommand.RSET);
    long first = out.position();
    out.append(octets("x".repeat(4097)));
    long second = out.position();
    assertThat(first).isEqualTo(6);
    assertThat(second).isEqualTo(6 + 4097);
    assertThat(out.hasLeft(first)).isFalse();
    out.flush();
    assertThat(out.hasLeft(second)).isTrue();
    assertThat(out.hasLeft(second + 1)).isFalse();
  }

  /** The socket took a part of what was written, and then no more. */
  @Test
  void ofAPartOnlyWhatTheSocketTookHasLeft() {
    ChannelPromise[] promise = new ChannelPromise[1];
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object octets, ChannelPromise written) {
                promise[0] = written;
                ReferenceCountUtil.release(octets);
              }
            });
    out.command(SmtpCommand.DATA);
    out.command(SmtpCommand.RSET);
    out.flush();
    ChannelProgressivePromise written = (ChannelProgressivePromise) promise[0];
    written.tryProgress(8, 12);
    assertThat(out.hasLeft(6)).isTrue();
    assertThat(out.hasLeft(8)).isTrue();
    assertThat(out.hasLeft(9)).isFalse();
    written.setFailure(new IOException("reset"));
    assertThat(out.hasLeft(9)).isFalse();
  }

  /** A record holds what it holds: all but the last octet may have left with an earlier one. */
  @Test
  void ofWhatIsEncryptedAllButTheLastOctetMayHaveLeft() {
    channel.close();
    out.encrypted();
    out.command(SmtpCommand.RSET);
    out.flush();
    assertThat(out.hasLeft(5)).isTrue();
    assertThat(out.hasLeft(6)).isFalse();
  }

  @Test
  void onAClosedChannelNothingLeavesAndAllIsReleased() {
    channel.close();
    ByteBuf large = octets("x".repeat(4097));
    out.command(SmtpCommand.RSET);
    long position = out.position();
    out.append(large);
    out.command(SmtpCommand.DATA);
    out.flush();
    assertThat(out.hasLeft(position)).isFalse();
    assertThat(large.refCnt()).isZero();
  }
}
