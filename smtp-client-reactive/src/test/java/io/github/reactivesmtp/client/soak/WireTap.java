package io.github.reactivesmtp.client.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What went over the connections of late, kept for those who find something wrong: of each
 * connection the last octets, of closed connections the last few. Bounded, and thread-safe.
 */
final class WireTap {

  private static final int KEPT_OCTETS = 16 * 1024;
  private static final int KEPT_CONNECTIONS = 200;

  /** Octets shown from where an envelope is spoken of first. */
  private static final int AFTER = 6 * 1024;

  /** Octets shown of what came before. */
  private static final int BEFORE = 512;

  /** Of one write or read; the rest of a content says nothing. */
  private static final int MAX_SHOWN = 512;

  private final Set<Tap> open = ConcurrentHashMap.newKeySet();
  private final Deque<Tap> closed = new ArrayDeque<>();

  /** Listens to a connection of the client. */
  void listenTo(Channel channel) {
    channel.pipeline().addFirst(new Tap());
  }

  /** What went over the connections on which an envelope was spoken of. */
  String about(int id) {
    StringBuilder all = new StringBuilder();
    Deque<Tap> taps = new ArrayDeque<>(open);
    synchronized (closed) {
      taps.addAll(closed);
    }
    for (Tap tap : taps) {
      String text = tap.text();
      int first = text.indexOf("<" + SoakMail.sender(id) + ">");
      if (first >= 0) {
        String before = text.substring(Math.max(0, first - BEFORE), first);
        String after = text.substring(first, Math.min(text.length(), first + AFTER));
        all.append("--- ").append(tap.name).append('\n').append(before).append(after).append('\n');
      }
    }
    return all.toString();
  }

  private final class Tap extends ChannelDuplexHandler {

    private final StringBuilder wire = new StringBuilder();
    private volatile String name = "a connection";

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      name = String.valueOf(ctx.channel().localAddress());
      open.add(this);
      ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      note("S: ", message);
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      note("C: ", message);
      ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      open.remove(this);
      synchronized (closed) {
        closed.addFirst(this);
        if (closed.size() > KEPT_CONNECTIONS) {
          closed.removeLast();
        }
      }
      ctx.fireChannelInactive();
    }

    private synchronized void note(String who, Object message) {
      if (message instanceof ByteBuf octets && octets.isReadable()) {
        int length = octets.readableBytes();
        int shown = Math.min(length, MAX_SHOWN);
        wire.append(who).append(octets.toString(octets.readerIndex(), shown, ISO_8859_1));
        if (shown < length) {
          int end = Math.min(length - shown, MAX_SHOWN);
          wire.append("\n[... ").append(length - shown - end).append(" octets ...]\n");
          wire.append(octets.toString(octets.writerIndex() - end, end, ISO_8859_1));
        }
        wire.append("|\n");
        if (wire.length() > KEPT_OCTETS) {
          wire.delete(0, wire.length() - KEPT_OCTETS / 2);
        }
      }
    }

    private synchronized String text() {
      return wire.toString();
    }
  }
}
