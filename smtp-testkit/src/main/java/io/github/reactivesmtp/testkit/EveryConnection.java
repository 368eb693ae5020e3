package io.github.reactivesmtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.codec.SmtpReply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The open connections of a {@link SmtpServer}, to do something to all of them that no command of
 * the client's leads to: what befalls a connection while it is idle, above all.
 *
 * <p>Each call has been carried out when it returns, as far as the server is concerned, and tells
 * how many connections it met. A call on an event loop of the same server is carried out soon.
 * Thread-safe.
 */
public final class EveryConnection {

  private final Supplier<Collection<Channel>> open;

  EveryConnection(Supplier<Collection<Channel>> open) {
    this.open = open;
  }

  /**
   * Says a reply that nobody has asked for, such as the 421 of a server that goes down.
   *
   * @param lines with the enhanced status code, if there is to be one; none for a bare code
   */
  public int say(int code, String... lines) {
    SmtpReply reply = SmtpScript.RuleBuilder.replyOf(code, lines);
    return each(output -> output.write(reply));
  }

  /** Says a reply, then closes the connection in an orderly way (TCP FIN). */
  public int sayThenClose(int code, String... lines) {
    SmtpReply reply = SmtpScript.RuleBuilder.replyOf(code, lines);
    return each(
        output -> {
          output.write(reply);
          output.close();
        });
  }

  /** Sends these characters, as UTF-8, without adding anything. */
  public int raw(String text) {
    byte[] octets = text.getBytes(UTF_8);
    return each(output -> output.write(octets));
  }

  /** Never ends a reply of many lines: sends them as the client reads, until it is gone. */
  public int endlessReply(int code) {
    ScriptAction.Endless endless = ScriptAction.Endless.lines(code);
    return each(output -> output.writeEndlessly(endless.start(), endless.block()));
  }

  /** Answers nothing more, but goes on reading: for the client, a black hole. */
  public int hang() {
    return each(ConnectionOutput::mute);
  }

  /** Closes the connection in an orderly way (TCP FIN), without a word. */
  public int close() {
    return each(ConnectionOutput::close);
  }

  /** Closes the server's side only (TCP FIN) and goes on reading: never another word. */
  public int halfClose() {
    return each(ConnectionOutput::halfClose);
  }

  /** Breaks the connection off (TCP RST). */
  public int reset() {
    return each(ConnectionOutput::reset);
  }

  private int each(Consumer<ConnectionOutput> intervention) {
    List<Future<?>> done = new ArrayList<>();
    boolean onEventLoop = false;
    for (Channel channel : open.get()) {
      onEventLoop |= channel.eventLoop().inEventLoop();
      done.add(channel.eventLoop().submit(() -> intervene(channel, intervention)));
    }
    if (!onEventLoop) {
      done.forEach(Future::syncUninterruptibly);
    }
    return done.size();
  }

  private static void intervene(Channel channel, Consumer<ConnectionOutput> intervention) {
    ChannelHandlerContext context = channel.pipeline().context(ServerConnection.class);
    if (context != null) {
      ((ServerConnection) context.handler()).intervene(context, intervention);
    }
  }
}
