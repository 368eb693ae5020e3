package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.StreamingWindow;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;

/** How many transactions a session may have under way at once. Confined to the event loop. */
final class TransactionWindow {

  /** One whose content has left, and the commands of the next. */
  private static final int OVERLAPPED = 2;

  private final ClientOptions options;
  private final ServerTraits traits;
  private final StreamingWindow streaming;

  /** Content of those under way. */
  private long octets;

  TransactionWindow(ClientOptions options, ServerTraits traits) {
    this.options = options;
    this.traits = traits;
    this.streaming = options.streamingWindow();
  }

  void begun(MessageFacts message) {
    octets += Math.max(0, message.length());
  }

  void ended(MessageFacts message) {
    octets -= Math.max(0, message.length());
  }

  /** Whether another may begin behind so many that are written and wait for replies. */
  boolean hasRoom(Capabilities server, int underWay) {
    return switch (options.pipelining()) {
      case OFF, GROUPED -> false;
      case OVERLAPPED ->
          underWay < OVERLAPPED
              && server.supports(Extension.PIPELINING)
              && !traits.refusesOverlap();
      case STREAMING ->
          underWay < streaming.transactions() && octets < streaming.octets() && isStreaming(server);
    };
  }

  /** Whether whole transactions follow each other. */
  boolean isStreaming(Capabilities server) {
    return options.pipelining() == Pipelining.STREAMING
        && options.chunking()
        && server.supports(Extension.PIPELINING)
        && server.supports(Extension.CHUNKING);
  }
}
