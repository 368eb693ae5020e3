package io.github.reactivesmtp.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A connection to a server that is a function from a line to a reply; notes what was said. */
final class ScriptedDialog implements Dialog {

  /** What a server answers that is gone. */
  static final String LOST = "lost";

  final SmtpException lost = new SmtpException("connection lost");
  final List<String> said = new ArrayList<>();
  private final UnaryOperator<String> server;

  ScriptedDialog(UnaryOperator<String> server) {
    this.server = server;
  }

  /** A server that answers with these, whatever is said; lost after the last. */
  static UnaryOperator<String> script(String... replies) {
    Iterator<String> next = List.of(replies).iterator();
    return line -> next.hasNext() ? next.next() : LOST;
  }

  @Override
  public Mono<SmtpReply> exchange(@Nullable SmtpCommand command, Phase phase) {
    ByteBuffer line = ByteBuffer.allocate(command.encodedLength());
    command.writeTo(line);
    return say(new String(line.array(), UTF_8).stripTrailing());
  }

  @Override
  public Mono<SmtpReply> respond(AuthResponse response) {
    return say(response.text());
  }

  private Mono<SmtpReply> say(String line) {
    return Mono.defer(
        () -> {
          said.add(line);
          String reply = server.apply(line);
          return reply.equals(LOST)
              ? Mono.error(lost)
              : Mono.just(
                  SmtpReply.of(Integer.parseInt(reply.substring(0, 3)), reply.substring(4)));
        });
  }
}
