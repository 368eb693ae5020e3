package io.github.reactivesmtp.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's octets: hands input to the {@link Dialogue} and sends what it says, one write
 * for one read. Confined to its event loop.
 *
 * <p>While the dialogue is busy nothing is read from the socket, so a connection holds one read of
 * input at most. The same goes for a client that does not read its replies.
 */
final class ServerConnection extends ChannelInboundHandlerAdapter {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ServerSettings settings;
  private final ServerLog log;
  private final ScriptRun script;
  private final MessageSink sink;

  /** Input that waits until the dialogue goes on. */
  private final Deque<ByteBuf> held = new ArrayDeque<>();

  private @Nullable Dialogue dialogue;

  ServerConnection(ServerSettings settings, ServerLog log, ScriptRun script, MessageSink sink) {
    this.settings = settings;
    this.log = log;
    this.script = script;
    this.sink = sink;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    int number = log.opened(ctx.channel());
    Dialogue begun =
        new Dialogue(
            number,
            settings,
            log,
            script.connection(number),
            sink,
            ctx.channel(),
            work -> goOnAfter(ctx, work));
    dialogue = begun;
    begun.begin();
    goOn(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Dialogue running = dialogue;
    if (running == null || !(message instanceof ByteBuf input)) {
      ReferenceCountUtil.release(message);
      return;
    }
    held.add(input);
    drain(running);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    goOn(ctx);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    goOn(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    Dialogue running = dialogue;
    if (running != null && event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
      SslHandler handler = ctx.pipeline().get(SslHandler.class);
      TlsSession session = TlsSession.of(handler.engine().getSession());
      log.secured(session);
      running.secured(session);
      goOn(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    log.closed(ctx.channel());
    Dialogue ended = dialogue;
    if (ended != null) {
      ended.end();
    }
    held.forEach(ByteBuf::release);
    held.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!isClients(cause)) {
      log.failed(cause);
    }
    Dialogue running = dialogue;
    if (running != null) {
      running.end(); // the rest of its input would only fail as well
    }
    ctx.close();
  }

  /** A client that is gone, or did not like the certificate, is no failure of this server. */
  private static boolean isClients(Throwable cause) {
    Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
    return reason instanceof IOException;
  }

  /** On the event loop: does something to what is said, whatever goes on. */
  void intervene(ChannelHandlerContext ctx, Consumer<ConnectionOutput> intervention) {
    Dialogue running = dialogue;
    if (running != null) {
      goOnAfter(ctx, () -> intervention.accept(running.output()));
    }
  }

  /** For what does not come from the pipeline, which would catch its exceptions. */
  private void goOnAfter(ChannelHandlerContext ctx, Runnable work) {
    try {
      work.run();
      goOn(ctx);
    } catch (RuntimeException | Error e) {
      exceptionCaught(ctx, e);
    }
  }

  /** Takes up held input, sends what there is to say and reads on if there is room for more. */
  private void goOn(ChannelHandlerContext ctx) {
    Dialogue running = dialogue;
    if (running == null) {
      return;
    }
    drain(running);
    running.output().flush();
    boolean read = !running.busy() && !running.output().backedUp();
    if (ctx.channel().config().isAutoRead() != read) {
      ctx.channel().config().setAutoRead(read);
    }
  }

  private void drain(Dialogue running) {
    running.advance(NOTHING);
    while (!running.busy() && !running.output().backedUp()) {
      ByteBuf input = held.peek();
      if (input == null) {
        return;
      }
      ByteBuffer octets = input.internalNioBuffer(input.readerIndex(), input.readableBytes());
      int before = octets.position();
      try {
        running.advance(octets);
      } finally {
        input.skipBytes(octets.position() - before);
        if (!input.isReadable()) {
          held.remove();
          input.release();
        }
      }
      if (running.output().full()) {
        running.output().flush();
      }
    }
  }
}
