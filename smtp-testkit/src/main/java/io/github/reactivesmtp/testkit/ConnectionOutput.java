package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a connection says: collected, and sent as one write. Confined to its event loop. */
final class ConnectionOutput {

  private static final int INITIAL = 1024;

  /** How long a client may take to notice that the server has closed its side. */
  private static final long LINGER_SECONDS = 2;

  /** Between two octets, so that a client reads them one at a time. */
  private static final long SPLIT_MICROS = 200;

  /** What is collected at most, one reply more or less, before it has to be sent. */
  private static final int BATCH = 64 * 1024;

  private final Channel channel;
  private @Nullable ByteBuf pending;
  private @Nullable Future<?> linger;
  private boolean muted;
  private boolean closing;

  ConnectionOutput(Channel channel) {
    this.channel = channel;
  }

  void write(SmtpReply reply) {
    if (muted || closing) {
      return;
    }
    ByteBuf out = room();
    int length = reply.encodedLength();
    out.ensureWritable(length);
    ByteBuffer octets = out.internalNioBuffer(out.writerIndex(), length);
    reply.writeTo(octets);
    out.writerIndex(out.writerIndex() + length);
  }

  void write(byte[] octets) {
    if (!muted && !closing) {
      room().writeBytes(octets);
    }
  }

  private ByteBuf room() {
    ByteBuf out = pending;
    if (out == null) {
      out = channel.alloc().ioBuffer(INITIAL);
      pending = out;
    }
    return out;
  }

  /** Whether so much was collected that it should be sent now. */
  boolean full() {
    return pending != null && pending.readableBytes() >= BATCH;
  }

  /** Whether much waits for the client to read it; nothing does once this side has ended. */
  boolean backedUp() {
    return !channel.isWritable()
        && !(channel instanceof DuplexChannel duplex && duplex.isOutputShutdown());
  }

  /** Sends what was collected. */
  void flush() {
    ByteBuf out = pending;
    if (out != null) {
      pending = null;
      channel.writeAndFlush(out, channel.voidPromise());
    }
  }

  /** Sends each octet in a packet of its own, then goes on with {@code done}. */
  void writeSplit(SmtpReply reply, Runnable done) {
    flush();
    ByteBuffer octets = ByteBuffer.allocate(reply.encodedLength());
    reply.writeTo(octets);
    writeNext(octets.flip(), done);
  }

  private void writeNext(ByteBuffer octets, Runnable done) {
    if (muted || closing || !octets.hasRemaining()) {
      done.run();
      return;
    }
    room().writeByte(octets.get());
    flush();
    channel
        .eventLoop()
        .schedule(() -> writeNext(octets, done), SPLIT_MICROS, TimeUnit.MICROSECONDS);
  }

  /**
   * Sends what was collected, {@code start}, and {@code block} again and again until the client is
   * gone. One block at a time is under way, so a client that does not read costs no memory.
   */
  void writeEndlessly(byte[] start, byte[] block) {
    if (muted || closing) {
      return;
    }
    write(start);
    flush();
    mute();
    writeAgain(block);
  }

  private void writeAgain(byte[] block) {
    if (closing || !channel.isActive()) {
      return;
    }
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(block))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                channel.eventLoop().execute(() -> writeAgain(block)); // after other connections
              }
            });
  }

  /** Says nothing more. */
  void mute() {
    muted = true;
  }

  boolean muted() {
    return muted;
  }

  /** Whether one of the two ways to close has been taken. */
  boolean closing() {
    return closing;
  }

  /**
   * Sends what was collected, then FIN, before it TLS's own goodbye if TLS is up. The socket itself
   * is closed when the client has done the same: closing it with input unread would be a reset,
   * which may cost the client the last reply.
   */
  void close() {
    ChannelFuture ended = endOutput();
    closing = true;
    if (channel instanceof DuplexChannel) {
      linger =
          channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    } else {
      ended.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Sends what was collected, then FIN, and goes on reading, without a word, for ever. */
  void halfClose() {
    endOutput();
    mute();
  }

  private ChannelFuture endOutput() {
    flush();
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    }
    // After what was flushed, which may still wait for the client to read.
    ChannelFuture flushed = belowTls().writeAndFlush(channel.alloc().buffer(0));
    if (channel instanceof DuplexChannel duplex) {
      flushed.addListener(done -> duplex.shutdownOutput());
    }
    return flushed;
  }

  /** Sends what was collected, then RST. */
  void reset() {
    flush();
    closing = true;
    if (channel.isOpen()) { // what was flushed may have met a client that is gone
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      belowTls().close();
    }
  }

  /** The way to the socket that leads past TLS, if there is any. */
  private ChannelOutboundInvoker belowTls() {
    return channel.pipeline().firstContext();
  }

  /** Lets go of what was not sent. */
  void release() {
    closing = true;
    if (linger != null) {
      linger.cancel(false); // which would keep all of the connection for that long
    }
    ByteBuf out = pending;
    if (out != null) {
      pending = null;
      out.release();
    }
  }
}
