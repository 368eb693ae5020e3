package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
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

  public Mono<SmtpReply> say(SmtpCommand command) {
    return say(command, null);
  }

  /** {@code required}: what the server must offer for it; null for nothing. */
  public Mono<SmtpReply> say(SmtpCommand command, @Nullable Extension required) {
    return Mono.usingWhen(
        Mono.defer(this::connect),
        session ->
            required == null || session.capabilities().supports(required)
                ? session.exchange(command, Phase.COMMAND)
                : Mono.error(
                    new SmtpException(
                        session.server()
                            + " does not offer "
                            + required.keyword()
                            + ", so it was not asked.")),
        SmtpSession::close);
  }

  private Mono<SmtpSession> connect() {
    return disposed.getAsBoolean()
        ? Mono.error(new SmtpException("The client is disposed. Nothing was asked."))
        : connector.connect();
  }
}
