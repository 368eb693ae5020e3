package io.github.reactivesmtp.benchmarks.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A stream into a buffer, without locks, so that rivals pay for nothing but their own work. */
final class OctetSink extends OutputStream {

  private final ByteBuffer out;

  OctetSink(ByteBuffer out) {
    this.out = out;
  }

  OctetSink clear() {
    out.clear();
    return this;
  }

  int size() {
    return out.position();
  }

  byte[] octets() {
    byte[] octets = new byte[out.position()];
    out.get(0, octets);
    return octets;
  }

  @Override
  public void write(int octet) {
    out.put((byte) octet);
  }

  @Override
  public void write(byte[] octets, int from, int length) {
    out.put(octets, from, length);
  }
}
