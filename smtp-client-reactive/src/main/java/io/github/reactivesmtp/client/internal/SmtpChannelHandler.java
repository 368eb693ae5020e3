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
      ByteBuffer in = octets.nioBuffer();
      @Nullable SmtpReply reply;
      while (session.isOpen() && (reply = parser.parse(in)) != null) {
        session.onReply(reply, in.hasRemaining());
      }
      if (session.isOpen() && !parser.isEmpty()) {
        session.onPartialReply();
      }
    } catch (SmtpSyntaxException malformed) {
      session.onMalformedReply(malformed);
    } finally {
      octets.release();
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
