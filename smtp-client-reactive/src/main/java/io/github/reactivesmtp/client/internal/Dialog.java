package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the handshake needs of a connection: to say one thing and get its reply. */
interface Dialog {

  /** Says a command, or nothing to get the greeting. */
  Mono<SmtpReply> exchange(@Nullable SmtpCommand command, Phase phase);

  /** Answers a 334. */
  Mono<SmtpReply> respond(AuthResponse response);
}
