package io.github.reactivesmtp.client.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.logging.LoggingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets from handlers that log what crosses the wire: who turned wiretap on did not ask for
 * passwords in the log.
 */
final class Wiretap {

  private Wiretap() {}

  /**
   * Takes logging handlers out of a pipeline, on its event loop.
   *
   * @return puts them back where they were
   */
  static Runnable silence(ChannelPipeline pipeline) {
    List<Runnable> backwards = new ArrayList<>();
    List<Map.Entry<String, ChannelHandler>> handlers = new ArrayList<>(pipeline.toMap().entrySet());
    for (int i = handlers.size() - 1; i >= 0; i--) {
      ChannelHandler handler = handlers.get(i).getValue();
      if (handler instanceof LoggingHandler) {
        String name = handlers.get(i).getKey();
        String next = i + 1 < handlers.size() ? handlers.get(i + 1).getKey() : null;
        pipeline.remove(handler);
        backwards.add(() -> putBack(pipeline, next, name, handler));
      }
    }
    return () -> backwards.forEach(Runnable::run);
  }

  private static void putBack(
      ChannelPipeline pipeline, @Nullable String next, String name, ChannelHandler handler) {
    if (next == null) {
      pipeline.addLast(name, handler);
    } else if (pipeline.get(next) != null) { // gone with the connection
      pipeline.addBefore(next, name, handler);
    }
  }
}
