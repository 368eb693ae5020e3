package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Commands outside of any transaction, each over a connection of its own: those of the pool may be
 * busy with mail all night.
 */
public final class SingleCommands {

  private final SessionConnector connector;
  private final BooleanSupplier disposed;

  public SingleCommands(SessionConnector connector, BooleanSupplier disposed) {
    this.connector = connector;
    this.disposed = disposed;
  }

  /** {@code required}: what the server must offer for it. */
  public Mono<SmtpReply> say(SmtpCommand command, Extension... required) {
    return say(command, List.of(required));
  }

  /** VRFY or EXPN; that a name is not ASCII has to be said (RFC 6531 §3.7.4.2). */
  public Mono<SmtpReply> ask(
      Function<String, SmtpCommand> verb, String name, Extension... required) {
    if (name.chars().allMatch(c -> c < 128)) {
      return say(verb.apply(name), required);
    }
    List<Extension> all = new ArrayList<>(List.of(required));
    all.add(Extension.SMTPUTF8);
    return say(verb.apply(name + " SMTPUTF8"), all);
  }

  private Mono<SmtpReply> say(SmtpCommand command, List<Extension> required) {
    return Mono.usingWhen(
        Mono.defer(this::connect),
        session -> {
          requireOffered(session, required);
          return session.exchange(command, Phase.COMMAND);
        },
        SmtpSession::close);
  }

  private Mono<SmtpSession> connect() {
    return disposed.getAsBoolean()
        ? Mono.error(new SmtpException("The client is disposed. Nothing was asked."))
        : connector.connect();
  }

  private static void requireOffered(SmtpSession session, List<Extension> required) {
    for (Extension extension : required) {
      if (!session.capabilities().supports(extension)) {
        throw new SmtpException(
            session.server() + " does not offer " + extension.keyword() + ", so it was not asked.");
      }
    }
  }
}
