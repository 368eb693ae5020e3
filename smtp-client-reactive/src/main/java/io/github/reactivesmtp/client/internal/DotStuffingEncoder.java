package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.DotStuffing;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Content for DATA: dot-stuffed and ended by a dot (RFC 5321 §4.5.2). */
final class DotStuffingEncoder implements ContentEncoder {

  private final WireBuffer out;
  private final MailTransaction transaction;
  private final BareNewlines policy;
  private DotStuffing.State state = DotStuffing.State.START;

  DotStuffingEncoder(WireBuffer out, MailTransaction transaction, BareNewlines policy) {
    this.out = out;
    this.transaction = transaction;
    this.policy = policy;
  }

  @Override
  public void writeWhole(byte[] octets, long length) {
    stuff(ByteBuffer.wrap(octets));
    end();
  }

  @Override
  public void write(ByteBuf piece) {
    ByteBuffer in = piece.nioBuffer();
    if (DotStuffing.cleanPrefix(in, state) == in.remaining()) {
      state = DotStuffing.stateAfter(in, in.remaining(), state);
      out.append(piece);
      return;
    }
    try {
      stuff(in);
    } finally {
      piece.release();
    }
  }

  private void stuff(ByteBuffer in) {
    ByteBuffer target = out.reserve(DotStuffing.maxStuffedLength(in.remaining()));
    state = DotStuffing.stuff(in, target, state, policy);
    out.commit(target);
  }

  @Override
  public void end() {
    ByteBuffer target = out.reserve(DotStuffing.MAX_TERMINATOR);
    DotStuffing.terminate(target, state);
    out.commit(target);
    transaction.contentWritten();
  }

  @Override
  public void release() {
    // Nothing is held back.
  }
}
