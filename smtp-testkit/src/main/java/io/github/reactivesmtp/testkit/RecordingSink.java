package io.github.reactivesmtp.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps every message, up to a limit: for tests that look at what arrived. */
public final class RecordingSink implements MessageSink {

  /** Octets of content a recording sink keeps unless told otherwise: 64 MiB. */
  public static final long DEFAULT_MAX_OCTETS = 64L << 20;

  /** Messages a recording sink keeps unless told otherwise; an envelope is about half a KiB. */
  public static final int DEFAULT_MAX_MESSAGES = 100_000;

  private final long maxOctets;
  private final int maxMessages;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<ReceivedMessage> messages = new ArrayList<>();
  private long octets;

  /** A sink with the default limits. */
  public RecordingSink() {
    this(DEFAULT_MAX_OCTETS, DEFAULT_MAX_MESSAGES);
  }

  /**
   * A sink that refuses a message (451) once it keeps so much.
   *
   * @param maxOctets of content, all messages together
   */
  public RecordingSink(long maxOctets) {
    this(maxOctets, Integer.MAX_VALUE);
  }

  /**
   * A sink that refuses a message (451) once it keeps so much.
   *
   * @param maxOctets of content, all messages together
   * @param maxMessages however small they are
   */
  public RecordingSink(long maxOctets, int maxMessages) {
    this.maxOctets = maxOctets;
    this.maxMessages = maxMessages;
  }

  @Override
  public void accept(ReceivedMessage message) throws IOException {
    lock.lock();
    try {
      if (octets + message.size() > maxOctets || messages.size() >= maxMessages) {
        throw new IOException(
            "recording sink is full: " + octets + " octets, " + messages.size() + " messages");
      }
      octets += message.size();
      messages.add(message);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What arrived so far, in order of arrival; a snapshot, immutable. */
  public List<ReceivedMessage> messages() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until at least {@code n} messages have arrived.
   *
   * @return all that have arrived: fewer than {@code n} if {@code max} has passed before
   * @throws InterruptedException if the calling thread is interrupted
   */
  public List<ReceivedMessage> await(int n, Duration max) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.NANOSECONDS.convert(max);
      while (messages.size() < n && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what arrived. */
  public void clear() {
    lock.lock();
    try {
      messages.clear();
      octets = 0;
    } finally {
      lock.unlock();
    }
  }
}
