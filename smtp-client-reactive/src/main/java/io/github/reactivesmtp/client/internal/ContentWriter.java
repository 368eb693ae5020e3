package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.codec.ContentScan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * Sends the content of one message: what is small and in memory at once, the rest piece by piece,
 * asking for the next piece when the socket has taken the last. Confined to the event loop; a
 * publisher may signal from wherever it likes.
 */
final class ContentWriter implements CoreSubscriber<ByteBuf> {

  /** Content up to this size is written in one go; larger content in pieces of this size. */
  private static final int PIECE = 64 * 1024;

  /** What a writer tells its session, on the event loop. */
  interface Listener {
    /** A piece was written and must be flushed; whether the socket wants another now. */
    boolean onPieceWritten();

    /** All is written, the end included. */
    void onContentWritten();

    /** The content cannot be sent to its end. */
    void onContentFailed(MessageRefusedException reason);
  }

  private final EventLoop loop;
  private final ContentEncoder encoder;
  private final Listener listener;
  private final boolean refuseEightBit;
  private @Nullable Subscription subscription;
  private boolean ended;
  private int owed;

  ContentWriter(EventLoop loop, ContentEncoder encoder, boolean refuseEightBit, Listener listener) {
    this.loop = loop;
    this.encoder = encoder;
    this.refuseEightBit = refuseEightBit;
    this.listener = listener;
  }

  void write(MessageBody body, MessageFacts facts) {
    if (body instanceof MessageBody.InMemory memory) {
      byte[] octets = memory.octets();
      if (facts.length() <= PIECE) {
        ended = true;
        encoder.writeWhole(octets, facts.length());
        listener.onContentWritten();
      } else {
        pieces(octets).subscribe(this);
      }
    } else {
      Publisher<? extends ByteBuf> content = ((MessageBody.Streamed) body).content();
      guarded(() -> Flux.<ByteBuf>from(content).subscribe(this));
    }
  }

  /** A publisher that throws instead of signalling an error has failed all the same. */
  private void guarded(Runnable publishing) {
    try {
      publishing.run();
    } catch (Throwable failure) {
      Exceptions.throwIfJvmFatal(failure);
      onError(failure);
    }
  }

  private static Flux<ByteBuf> pieces(byte[] octets) {
    int count = (octets.length + PIECE - 1) / PIECE;
    return Flux.range(0, count)
        .map(
            i ->
                Unpooled.wrappedBuffer(
                    octets, i * PIECE, Math.min(PIECE, octets.length - i * PIECE)));
  }

  @Override
  public void onSubscribe(Subscription s) {
    onLoop(
        () -> {
          subscription = s;
          if (ended) {
            s.cancel();
          } else {
            guarded(() -> s.request(1));
          }
        });
  }

  @Override
  public void onNext(ByteBuf piece) {
    onLoop(() -> accept(piece));
  }

  private void accept(ByteBuf piece) {
    if (ended) {
      piece.release();
      return;
    }
    try {
      if (refuseEightBit && isEightBit(piece)) {
        piece.release();
        fail(TransactionPlan.refusedEightBit());
        return;
      }
      encoder.write(piece);
    } catch (IllegalArgumentException refused) {
      fail(new MessageRefusedException("The content cannot be sent: " + refused.getMessage()));
      return;
    }
    owed++;
    if (listener.onPieceWritten()) {
      onWritable();
    }
  }

  /** The socket has room again. */
  void onWritable() {
    Subscription source = subscription;
    if (owed > 0 && !ended && source != null) {
      int pieces = owed;
      owed = 0;
      guarded(() -> source.request(pieces));
    }
  }

  @Override
  public void onComplete() {
    onLoop(
        () -> {
          if (!ended) {
            ended = true;
            encoder.end();
            listener.onContentWritten();
          }
        });
  }

  @Override
  public void onError(Throwable error) {
    onLoop(
        () -> {
          if (!ended) {
            fail(
                new MessageRefusedException(
                    "The content could not be read to its end: " + error.getMessage(), error));
          }
        });
  }

  private void fail(MessageRefusedException reason) {
    cancel();
    listener.onContentFailed(reason);
  }

  /** Sends no more. */
  void cancel() {
    ended = true;
    if (subscription != null) {
      subscription.cancel();
    }
    encoder.release();
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  private static boolean isEightBit(ByteBuf piece) {
    ContentScan scan = new ContentScan();
    for (ByteBuffer buffer : piece.nioBuffers()) {
      scan.accept(buffer);
    }
    return scan.eightBit();
  }
}
