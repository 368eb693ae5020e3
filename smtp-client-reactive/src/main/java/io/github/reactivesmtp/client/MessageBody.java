package io.github.reactivesmtp.client;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;

/**
 * The content of a message: header, empty line and text, as RFC 5322 and MIME have it, before
 * dot-stuffing. Line ends become CRLF on the way out and the last line is completed; a CR or LF
 * that stands alone never leaves.
 *
 * <p>The one exception is an envelope whose {@code mailParameters} say {@code BODY=BINARYMIME} (RFC
 * 3030): its content goes out octet by octet as it is given, and only with BDAT. That cannot be
 * used to smuggle commands, for the server counts the octets and looks for no line ends in them.
 */
public sealed interface MessageBody {

  /** Content in memory. The array is not copied: it must not change until the result is there. */
  static MessageBody bytes(byte[] content) {
    return new InMemory(content);
  }

  /** Content as text, sent as UTF-8. */
  static MessageBody text(String content) {
    return new InMemory(content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Content of a file, read piece by piece while it is sent, never on an event loop. The file must
   * not change until the result is there.
   *
   * @throws IOException if the file cannot be looked at
   */
  static MessageBody file(Path file) throws IOException {
    long size = Files.size(file);
    Flux<ByteBuf> content =
        ByteBufFlux.fromPath(file, FILE_CHUNK).subscribeOn(Schedulers.boundedElastic());
    return new Streamed(content, size, true);
  }

  /**
   * Content as it comes, asked for as the server takes it. Its buffers are released by the client.
   * It is subscribed to at most once, so an envelope whose connection broke while this content was
   * being sent is not tried again, and recipients beyond what the server takes at once are not sent
   * to; see {@link #repeatable(Publisher)}.
   */
  static MessageBody publisher(Publisher<? extends ByteBuf> content) {
    return new Streamed(content, UNKNOWN_LENGTH, false);
  }

  /**
   * As {@link #publisher}, with the same octets for every subscriber, so that it can be retried.
   */
  static MessageBody repeatable(Publisher<? extends ByteBuf> content) {
    return new Streamed(content, UNKNOWN_LENGTH, true);
  }

  /** The length of content whose length is not known beforehand. */
  long UNKNOWN_LENGTH = -1;

  /** Octets read from a file at a time. */
  int FILE_CHUNK = 64 * 1024;

  /** Content in memory. */
  final class InMemory implements MessageBody {

    private final byte[] octets;

    private InMemory(byte[] octets) {
      this.octets = octets;
    }

    /** The content itself, not a copy. */
    public byte[] octets() {
      return octets;
    }
  }

  /**
   * Content that comes piece by piece.
   *
   * @param content the pieces, released by who receives them
   * @param length octets as given, before line ends are made CRLF, or {@link #UNKNOWN_LENGTH}
   * @param isRepeatable whether each subscription gives the same octets
   */
  record Streamed(Publisher<? extends ByteBuf> content, long length, boolean isRepeatable)
      implements MessageBody {

    /** The same content with its length, which lets the client declare SIZE (RFC 1870). */
    public Streamed withLength(long octets) {
      return new Streamed(content, octets, isRepeatable);
    }
  }
}
