package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.client.MessageBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** A changed header followed by the rest of a large file, read piece by piece while it is sent. */
final class FileTail {

  private FileTail() {}

  /**
   * The content; can be subscribed to again.
   *
   * @param header what to send instead of the file's first octets
   * @param offset where the rest starts
   * @throws IOException if the file cannot be looked at
   */
  static MessageBody after(byte[] header, Path path, long offset) throws IOException {
    long size = Files.size(path);
    Flux<ByteBuf> rest =
        Flux.using(
            () -> open(path, offset, size),
            channel -> Flux.<ByteBuf>generate(sink -> read(channel, sink)),
            FileTail::close);
    Flux<ByteBuf> content =
        Flux.concat(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(header)), rest)
            .subscribeOn(Schedulers.boundedElastic());
    return new MessageBody.Streamed(content, header.length + size - offset, true);
  }

  private static FileChannel open(Path path, long offset, long size) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    if (channel.size() != size) {
      channel.close();
      throw new IOException("the file was changed while it was being sent");
    }
    return channel.position(offset);
  }

  private static void read(FileChannel channel, SynchronousSink<ByteBuf> sink) {
    ByteBuf chunk = Unpooled.buffer(MessageBody.FILE_CHUNK);
    try {
      if (chunk.writeBytes(channel, MessageBody.FILE_CHUNK) >= 0) {
        sink.next(chunk);
        return;
      }
      sink.complete();
    } catch (IOException e) {
      sink.error(e);
    }
    chunk.release();
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Only read from: nothing is lost.
    }
  }
}
