package io.github.reactivesmtp.benchmarks.codec;

import com.hubspot.smtp.messages.MessageContent;
import io.github.reactivesmtp.codec.ContentScan;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Everything that {@link ContentScan} finds out before content is sent: its length with all line
 * ends, octets above 127, bare newlines, dots to be stuffed. The rival finds out one of these:
 * NioSmtpClient the proportion of octets above 127.
 *
 * <p>Read {@code gbPerSecond}: GB/s of content looked at.
 */
public class ContentScanBenchmark extends ContentBenchmark {

  private ByteBuffer content = ByteBuffer.allocate(0);

  /** Makes the content, and sees that it is what it should be. */
  @Setup
  public void fill() {
    content = memory.of(octets());
    ContentScan scan = scan();
    if (scan.normalisedLength() != size
        || scan.eightBit()
        || scan.bareNewlines()
        || scan.needsStuffing() != (corpus == Corpus.DOTS)
        || rival() != 0) {
      throw new IllegalStateException("the scan or its rival is wrong");
    }
  }

  /** This library. */
  @Benchmark
  public long contentScan(Throughput throughput) {
    throughput.add(size);
    return scan().normalisedLength();
  }

  private ContentScan scan() {
    ContentScan scan = new ContentScan();
    scan.accept(content);
    return scan;
  }

  /** NioSmtpClient, octets above 127 only. */
  @Benchmark
  public float nioSmtpClientEightBit(Throughput throughput) {
    throughput.add(size);
    return rival();
  }

  private float rival() {
    return MessageContent.of(Unpooled.wrappedBuffer(content)).get8bitCharacterProportion();
  }
}
