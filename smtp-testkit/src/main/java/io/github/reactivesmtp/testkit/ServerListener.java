package io.github.reactivesmtp.testkit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.FutureMono;
import reactor.netty.resources.LoopResources;

/** A server's socket, and the threads that serve what connects to it. Thread-safe. */
final class ServerListener {

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ServerSettings settings;
  private final Supplier<ServerConnection> connections;
  private final LoopResources loops;
  private final EventLoopGroup eventLoops;

  /** What was accepted; once closed, it closes whatever is still added. */
  private final ChannelGroup accepted =
      new DefaultChannelGroup("smtp-testkit", ImmediateEventExecutor.INSTANCE, true);

  private final Channel listener;
  private final SocketAddress address;
  private final CountDownLatch down = new CountDownLatch(1);

  /**
   * Listens when this returns.
   *
   * @param wanted a port or a Unix domain socket
   * @throws UncheckedIOException if that can't be listened on
   */
  ServerListener(
      SocketAddress wanted,
      int threads,
      ServerSettings settings,
      Supplier<ServerConnection> connections) {
    this.settings = settings;
    this.connections = connections;
    boolean tcp = wanted instanceof InetSocketAddress;
    loops = LoopResources.create("smtp-testkit", threads, true);
    eventLoops = loops.onServer(tcp && LoopResources.DEFAULT_NATIVE);
    try {
      listener = bind(tcp ? tcp() : unix(), wanted);
    } catch (RuntimeException | Error e) {
      loops.disposeLater(Duration.ZERO, CLOSE_LIMIT).subscribe();
      throw e;
    }
    address = tcp ? listener.localAddress() : wanted;
  }

  private ServerBootstrap tcp() {
    return new ServerBootstrap()
        .channel(loops.onChannelClass(ServerSocketChannel.class, eventLoops))
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true);
  }

  /** The JDK's own, which there is on every system. */
  private static ServerBootstrap unix() {
    return new ServerBootstrap().channel(NioServerDomainSocketChannel.class);
  }

  private Channel bind(ServerBootstrap bootstrap, SocketAddress wanted) {
    ChannelFuture bound =
        bootstrap
            .group(eventLoops)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accepted.add(channel);
                    SslContext tls = settings.tls();
                    if (tls != null && settings.implicitTls()) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(connections.get());
                  }
                })
            .bind(wanted)
            .awaitUninterruptibly();
    Throwable failure = bound.cause();
    if (failure != null) {
      String message = "can't listen on " + text(wanted);
      throw failure instanceof IOException e
          ? new UncheckedIOException(message, e)
          : new IllegalArgumentException(message, failure);
    }
    return bound.channel();
  }

  /** What it listens on; a port that was left open has been decided. */
  SocketAddress address() {
    return address;
  }

  /**
   * Closes every connection, takes no more and ends the threads, which takes a moment.
   *
   * @param failed told what goes wrong
   */
  void close(Consumer<Throwable> failed) {
    accepted.close();
    FutureMono.from(listener.close()) // which removes the file of a Unix domain socket
        .then(takenUp())
        .doOnError(failed)
        .onErrorComplete()
        .then(loops.disposeLater(Duration.ZERO, CLOSE_LIMIT))
        .subscribe(
            nothing -> {},
            failure -> {
              failed.accept(failure);
              down.countDown();
            },
            down::countDown);
  }

  /**
   * Completes when each thread has taken up, and so closed, the connections that the listener has
   * handed to it. A thread that ends before leaves their sockets open.
   */
  private Mono<Void> takenUp() {
    List<Mono<Void>> turns = new ArrayList<>();
    for (EventExecutor loop : eventLoops) {
      turns.add(Mono.<Void>fromRunnable(() -> {}).subscribeOn(Schedulers.fromExecutor(loop)));
    }
    return Mono.when(turns);
  }

  /** Waits until the threads have ended, unless called by one of them. */
  void awaitDown() {
    if (onOwnThread()) {
      return;
    }
    try {
      if (!down.await(2 * CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the event loops of " + this + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean onOwnThread() {
    for (EventExecutor loop : eventLoops) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress tcp
        ? tcp.getHostString() + ":" + tcp.getPort()
        : address.toString();
  }

  /** The address, for people. */
  @Override
  public String toString() {
    return text(address);
  }
}
