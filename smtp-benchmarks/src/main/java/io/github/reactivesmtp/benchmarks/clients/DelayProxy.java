package io.github.reactivesmtp.benchmarks.clients;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A distance in front of a server: what it says arrives so much later, in order and however much is
 * under way; what it is told arrives at once. That is a round trip as a client sees it.
 */
final class DelayProxy implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Endpoint target;
  private final int delayMillis;
  private final Channel listener;

  DelayProxy(Endpoint target, int delayMillis) {
    this.target = target;
    this.delayMillis = delayMillis;
    this.listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    connect(client);
                  }
                })
            .bind(HOST, 0)
            .syncUninterruptibly()
            .channel();
  }

  Endpoint endpoint() {
    return new Endpoint(HOST, ((InetSocketAddress) listener.localAddress()).getPort());
  }

  private void connect(Channel client) {
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new Relay(client, delayMillis))
        .connect(target.host(), target.port())
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    client.pipeline().addLast(new Relay(connected.channel(), 0));
                    client.config().setAutoRead(true);
                  } else {
                    client.close();
                  }
                });
  }

  @Override
  public void close() {
    listener.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /**
   * Hands what one side says to the other. Both sides are on one event loop, whose timers of the
   * same length run in the order in which they were set.
   */
  private static final class Relay extends ChannelInboundHandlerAdapter {

    private final Channel other;
    private final int delayMillis;

    Relay(Channel other, int delayMillis) {
      this.other = other;
      this.delayMillis = delayMillis;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object octets) {
      after(context, () -> other.writeAndFlush(octets));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      after(context, other::close);
    }

    private void after(ChannelHandlerContext context, Runnable action) {
      if (delayMillis == 0) {
        action.run();
      } else {
        context.executor().schedule(action, delayMillis, TimeUnit.MILLISECONDS);
      }
    }

    /** Who says more than the other side takes has to wait. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      other.config().setAutoRead(context.channel().isWritable());
      context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
