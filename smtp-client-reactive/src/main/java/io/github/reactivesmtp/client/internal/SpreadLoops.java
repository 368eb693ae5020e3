package io.github.reactivesmtp.client.internal;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import reactor.netty.resources.LoopResources;

/**
 * The same event loops, each connection on the next of them. Reactor Netty 1.3 by itself keeps a
 * connection on the loop whose thread asks for it; and where none does, it asks the group which
 * transport it is (Netty 4.2's {@code isCompatible}), which takes a turn, too: of an even number of
 * loops half would idle.
 *
 * @param all not disposed of by this
 */
record SpreadLoops(LoopResources all) implements LoopResources {

  /** Of the server's group {@code next()} is not bound to the thread that asks. */
  @Override
  public EventLoopGroup onServer(boolean useNative) {
    return all.onServer(useNative);
  }

  @Override
  public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
    return all.onChannel(type, one(group));
  }

  @Override
  public <C extends Channel> Class<? extends C> onChannelClass(
      Class<C> type, EventLoopGroup group) {
    return all.onChannelClass(type, one(group));
  }

  /** One of them tells as well, and has no turns. */
  private static EventLoopGroup one(EventLoopGroup group) {
    return group.iterator().next() instanceof EventLoop loop ? loop : group;
  }
}
