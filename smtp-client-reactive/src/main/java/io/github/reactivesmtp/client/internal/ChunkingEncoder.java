package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.DotStuffing;
import io.github.reactivesmtp.codec.LineEndings;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Content for BDAT (RFC 3030): counted chunks, not stuffed. Small pieces are gathered, so that a
 * chunk is worth its command and its reply.
 *
 * <p>Binary content (BINARYMIME) is not touched, so a CR or LF that stands alone does leave in it.
 * It cannot smuggle a command: the server must take binary content by counting its octets.
 */
final class ChunkingEncoder implements ContentEncoder {

  private static final int CHUNK = 64 * 1024;

  private final WireBuffer out;
  private final ByteBufAllocator allocator;
  private final MailTransaction transaction;
  private final BareNewlines policy;
  private final boolean asIs;
  private final List<ByteBuf> held = new ArrayList<>();
  private int heldOctets;
  private DotStuffing.State state = DotStuffing.State.START;

  /** {@code asIs}: nothing is to be changed, be it binary or found to be as it should. */
  ChunkingEncoder(
      WireBuffer out,
      ByteBufAllocator allocator,
      MailTransaction transaction,
      BareNewlines policy,
      boolean asIs) {
    this.out = out;
    this.allocator = allocator;
    this.transaction = transaction;
    this.policy = policy;
    this.asIs = asIs;
  }

  @Override
  public void writeWhole(byte[] octets, long length) {
    out.command(new SmtpCommand.Bdat(length, true));
    if (asIs) {
      out.octets(octets);
    } else {
      ByteBuffer in = ByteBuffer.wrap(octets);
      ByteBuffer target = out.reserve(DotStuffing.maxStuffedLength(octets.length));
      state = LineEndings.normalise(in, target, state, policy);
      LineEndings.finish(target, state);
      out.commit(target);
    }
    transaction.contentWritten();
  }

  @Override
  public void write(ByteBuf piece) {
    hold(asIs ? piece : normalised(piece));
    if (heldOctets >= CHUNK) {
      sayHeld(false);
      transaction.chunkWritten();
    }
  }

  private ByteBuf normalised(ByteBuf piece) {
    ByteBuffer in = piece.nioBuffer();
    if (LineEndings.cleanPrefix(in, state) == in.remaining()) {
      state = LineEndings.stateAfter(in, in.remaining(), state);
      return piece;
    }
    int room = DotStuffing.maxStuffedLength(in.remaining());
    ByteBuf clean = allocator.directBuffer(room);
    try {
      ByteBuffer target = clean.internalNioBuffer(0, room);
      int start = target.position();
      state = LineEndings.normalise(in, target, state, policy);
      return clean.writerIndex(target.position() - start).retain();
    } finally {
      clean.release();
      piece.release();
    }
  }

  private void hold(ByteBuf octets) {
    held.add(octets);
    heldOctets += octets.readableBytes();
  }

  @Override
  public void end() {
    if (!asIs) {
      holdFinish();
    }
    sayHeld(true);
    transaction.contentWritten();
  }

  private void holdFinish() {
    ByteBuf rest = allocator.directBuffer(LineEndings.MAX_FINISH);
    ByteBuffer target = rest.internalNioBuffer(0, LineEndings.MAX_FINISH);
    int start = target.position();
    LineEndings.finish(target, state);
    hold(rest.writerIndex(target.position() - start));
  }

  private void sayHeld(boolean last) {
    out.command(new SmtpCommand.Bdat(heldOctets, last));
    held.forEach(out::append);
    held.clear();
    heldOctets = 0;
  }

  @Override
  public void release() {
    held.forEach(ByteBuf::release);
    held.clear();
    heldOctets = 0;
  }
}
