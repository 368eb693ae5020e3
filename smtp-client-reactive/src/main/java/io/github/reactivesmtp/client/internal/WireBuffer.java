package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a session says, so that a group leaves in one write: a packet for each command
 * costs more than the commands themselves. Confined to the event loop.
 */
final class WireBuffer {

  private static final int INITIAL = 4 * 1024;

  /** Up to this size copying costs less than another component in the write. */
  private static final int COPY_LIMIT = 4 * 1024;

  private final Channel channel;
  private @Nullable ByteBuf buffer;
  private boolean dirty;
  private List<Runnable> whenFlushed = new ArrayList<>();

  WireBuffer(Channel channel) {
    this.channel = channel;
  }

  void command(SmtpCommand command) {
    ByteBuffer out = reserve(command.encodedLength());
    command.writeTo(out);
    commit(out);
  }

  void authResponse(AuthResponse response) {
    ByteBuffer out = reserve(response.encodedLength());
    response.writeTo(out);
    commit(out);
  }

  /** Room for at least {@code octets}; what is put there counts after {@link #commit}. */
  ByteBuffer reserve(int octets) {
    ByteBuf current = writable(octets);
    return current.internalNioBuffer(current.writerIndex(), current.writableBytes());
  }

  private ByteBuf writable(int octets) {
    ByteBuf current = buffer;
    if (current == null) {
      current = channel.alloc().directBuffer(Math.max(INITIAL, octets));
      buffer = current;
    }
    return current.ensureWritable(octets);
  }

  /** Counts what was put into the last reserved room, up to its position. */
  void commit(ByteBuffer reserved) {
    ByteBuf current = buffer;
    if (current != null) {
      int start = reserved.limit() - current.writableBytes();
      current.writerIndex(current.writerIndex() + reserved.position() - start);
    }
  }

  /** Appends octets that need no change; takes over the reference. */
  void append(ByteBuf octets) {
    if (octets.readableBytes() <= COPY_LIMIT) {
      writable(octets.readableBytes()).writeBytes(octets);
      octets.release();
      return;
    }
    writeBuffer();
    channel.write(octets, channel.voidPromise());
    dirty = true;
  }

  /** Runs {@code action} once all that is here now has been handed to the socket, if it ever is. */
  void whenFlushed(Runnable action) {
    whenFlushed.add(action);
  }

  /** Hands all to the socket; whether there was anything. */
  boolean flush() {
    ByteBuf last = buffer;
    if (last == null || !last.isReadable()) {
      if (!dirty) {
        return false;
      }
      last = Unpooled.EMPTY_BUFFER;
    } else {
      buffer = null;
    }
    dirty = false;
    ChannelFuture written = channel.writeAndFlush(last);
    if (!whenFlushed.isEmpty()) {
      List<Runnable> actions = whenFlushed;
      whenFlushed = new ArrayList<>();
      written.addListener(
          future -> {
            if (future.isSuccess()) {
              actions.forEach(Runnable::run);
            }
          });
    }
    return true;
  }

  /** Forgets what was not flushed. */
  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  private void writeBuffer() {
    if (buffer != null && buffer.isReadable()) {
      channel.write(buffer, channel.voidPromise());
      buffer = null;
      dirty = true;
    }
  }
}
