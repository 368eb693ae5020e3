package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.ReplyParser;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the network meets a session: octets become replies, and replies of one read are a batch.
 */
final class SmtpChannelHandler extends ChannelInboundHandlerAdapter {

  private final SmtpSession session;
  private final ReplyParser parser = new ReplyParser();

  SmtpChannelHandler(SmtpSession session) {
    this.session = session;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    try {
      read(octets.nioBuffer());
    } finally {
      octets.release();
    }
  }

  /** Each reply is given once it is known what came behind it. */
  private void read(ByteBuffer in) {
    @Nullable SmtpReply last = null;
    try {
      @Nullable SmtpReply reply;
      while (session.isOpen() && (reply = parser.parse(in)) != null) {
        if (last != null) {
          session.onReply(last, Behind.of(reply));
        }
        last = reply;
      }
    } catch (SmtpSyntaxException malformed) {
      if (last != null) {
        session.onReply(last, Behind.MORE);
      }
      session.onMalformedReply(malformed);
      return;
    }
    if (last != null) {
      session.onReply(last, parser.isEmpty() ? Behind.NOTHING : Behind.MORE);
    }
    if (!parser.isEmpty()) {
      session.onPartialReply();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    session.onBatchRead();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    session.onWritabilityChanged();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.onConnectionLost(null);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    session.onConnectionLost(cause);
  }
}
