package io.github.reactivesmtp.benchmarks.peers.niosmtpclient;

import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.github.reactivesmtp.benchmarks.peers.Phase;
import io.github.reactivesmtp.benchmarks.peers.Task;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What goes on over one session during one phase. Runs on the session's event loop. */
abstract class Exchange {

  final SmtpSession session;
  final Phase.Lane lane;

  private final Phase phase;
  private final Runnable whenEnded;
  private final ByteBuf octets;

  Exchange(SmtpSession session, Task task, Phase phase, Runnable whenEnded) {
    this.session = session;
    this.phase = phase;
    this.lane = phase.lane();
    this.whenEnded = whenEnded;
    byte[] message = task.mail().octets();
    this.octets =
        Unpooled.unreleasableBuffer(Unpooled.directBuffer(message.length).writeBytes(message));
  }

  abstract void begin();

  /** The same octets each time, said to be ASCII, so that they need not be looked through. */
  final MessageContent content() {
    return MessageContent.of(octets.duplicate(), MessageContentEncoding.SEVEN_BIT);
  }

  final void end() {
    whenEnded.run();
  }

  /** Goes on with {@code next} when the server has agreed to everything. */
  final void await(CompletableFuture<SmtpClientResponse> replies, Runnable next) {
    Consumer<Throwable> failed =
        failure -> {
          phase.fail(failure);
          whenEnded.run();
        };
    replies.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            failed.accept(failure);
          } else if (response.containsError()) {
            failed.accept(new IllegalStateException(response.toString()));
          } else {
            next.run();
          }
        });
  }
}
