package io.github.reactivesmtp.testkit;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** Counts messages and their octets, and keeps nothing: for load, at the least cost. */
public final class CountingSink implements OctetSink {

  private final LongAdder count = new LongAdder();
  private final LongAdder octets = new LongAdder();

  @Override
  public void add(ByteBuffer content) {
    octets.add(content.remaining());
    count.increment();
  }

  /** How many messages came so far. */
  public long count() {
    return count.sum();
  }

  /** How many octets of content they had together. */
  public long octets() {
    return octets.sum();
  }

  @Override
  public String toString() {
    return count() + " messages, " + octets() + " octets";
  }
}
