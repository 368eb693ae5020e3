package io.github.reactivesmtp.testkit;

import java.nio.ByteBuffer;

/** A sink that wants nothing of a message but its octets, and has done with them at once. */
interface OctetSink extends MessageSink {

  /**
   * Takes a message, on the event loop.
   *
   * @param content read only, and another's as soon as this returns
   */
  void add(ByteBuffer content);

  @Override
  default void accept(ReceivedMessage message) {
    add(ByteBuffer.wrap(message.octets()));
  }
}
