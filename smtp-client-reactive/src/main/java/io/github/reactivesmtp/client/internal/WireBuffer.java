package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a session says, so that a group leaves in one write: a packet for each command
 * costs more than the commands themselves. Knows how much of it the socket has taken. Confined to
 * the event loop.
 */
final class WireBuffer {

  private static final int INITIAL = 4 * 1024;

  /** With so much it is worth a write, and more would only wait. */
  private static final int FULL = 64 * 1024;

  /** Up to this size copying costs less than another component in the write. */
  private static final int COPY_LIMIT = 4 * 1024;

  private final Channel channel;
  private @Nullable ByteBuf buffer;
  private int usual = INITIAL;
  private boolean dirty;
  private boolean encrypted;

  /** Octets given to the channel since the beginning, and those of them the socket has taken. */
  private long given;

  private long left;

  WireBuffer(Channel channel) {
    this.channel = channel;
  }

  /** From now on the channel encrypts what it is given. */
  void encrypted() {
    encrypted = true;
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
      current = channel.alloc().directBuffer(Math.max(usual, octets));
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

  /** Appends a copy of octets that need no change. */
  void octets(byte[] octets) {
    writable(octets.length).writeBytes(octets);
  }

  /** Appends octets that need no change; takes over the reference. */
  void append(ByteBuf octets) {
    if (octets.readableBytes() <= COPY_LIMIT) {
      writable(octets.readableBytes()).writeBytes(octets);
      octets.release();
      return;
    }
    writeBuffer();
    write(octets);
  }

  /** Whether it should be flushed before more is said. */
  boolean isFull() {
    return buffer != null && buffer.readableBytes() >= FULL;
  }

  /** How many octets were said since the beginning. */
  long position() {
    return given + (buffer == null ? 0 : buffer.readableBytes());
  }

  /** Whether the socket has taken all that was said up to that {@link #position()}. */
  boolean hasLeft(long position) {
    return position <= left;
  }

  /** Hands all to the socket; whether there was anything. */
  boolean flush() {
    writeBuffer();
    boolean written = dirty;
    if (written) {
      dirty = false;
      channel.flush();
    }
    return written;
  }

  /** Forgets what was not flushed. */
  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  private void writeBuffer() {
    ByteBuf full = buffer;
    if (full != null && full.isReadable()) {
      buffer = null;
      usual = Math.max(INITIAL, Math.min(FULL, full.readableBytes()) * 3 / 2);
      write(full);
    }
  }

  private void write(ByteBuf octets) {
    Departure departure = new Departure(given, given += octets.readableBytes());
    if (encrypted) {
      // Which octets an encrypted record held that left is not told: all but the last may have.
      left = given - 1;
    }
    ChannelProgressivePromise written = channel.newProgressivePromise();
    written.addListener(departure);
    channel.write(octets, written);
    dirty = true;
  }

  /** Counts the octets of one write as the socket takes them. */
  private final class Departure implements ChannelProgressiveFutureListener {

    private final long from;
    private final long to;

    Departure(long from, long to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void operationProgressed(ChannelProgressiveFuture future, long octets, long total) {
      left = Math.max(left, Math.min(to, from + octets));
    }

    @Override
    public void operationComplete(ChannelProgressiveFuture future) {
      if (future.isSuccess()) {
        left = to;
      }
    }
  }
}
