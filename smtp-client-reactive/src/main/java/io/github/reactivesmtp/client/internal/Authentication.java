package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.auth.SaslContext;
import io.github.reactivesmtp.client.auth.SaslExchange;
import io.github.reactivesmtp.client.auth.SaslMechanism;
import io.github.reactivesmtp.codec.AuthResponse;
import io.github.reactivesmtp.codec.CodecLimits;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** AUTH (RFC 4954 §4): one mechanism, from the command to the server's verdict. */
final class Authentication {

  /** More than any mechanism has; a server that goes on and on is cut short. */
  private static final int MAX_CHALLENGES = 16;

  private final Dialog dialog;
  private final String server;
  private final String mechanism;
  private final SaslExchange exchange;
  private final Duration patience;
  private final byte @Nullable [] initialResponse;
  private int challenges;

  private Authentication(
      Dialog dialog, String server, String mechanism, SaslExchange exchange, Duration patience) {
    this.dialog = dialog;
    this.server = server;
    this.mechanism = mechanism;
    this.exchange = exchange;
    this.patience = patience;
    this.initialResponse = exchange.initialResponse();
  }

  /**
   * Authenticates by the first of the mechanisms that the server offers, and gives its name.
   *
   * @param server for messages
   * @param patience how long passwords, tokens and answers to challenges may take
   */
  static Mono<String> authenticate(
      Dialog dialog,
      Credentials credentials,
      SaslContext context,
      String server,
      Duration patience) {
    return Mono.defer(
        () -> {
          SaslMechanism mechanism = choose(credentials, context, server);
          String name = mechanism.name();
          return Mono.defer(() -> mechanism.begin(context))
              .timeout(patience, tookTooLong(server, patience))
              .switchIfEmpty(Mono.error(() -> new IllegalStateException("It did not begin.")))
              .map(exchange -> new Authentication(dialog, server, name, exchange, patience))
              .onErrorMap(error -> broken(server, name, error))
              .flatMap(Authentication::begin);
        });
  }

  /** Passwords, tokens and mechanisms come from the user, and may never come. */
  private static <T> Mono<T> tookTooLong(String server, Duration patience) {
    return Mono.error(
        () ->
            new SmtpException(
                "What to say to authenticate with %s was not known within %.1f s."
                    .formatted(server, patience.toMillis() / 1e3)));
  }

  private static SaslMechanism choose(Credentials credentials, SaslContext context, String server) {
    for (SaslMechanism mechanism : credentials.mechanisms()) {
      if (context.offered().contains(mechanism.name()) && mechanism.isPossible(context)) {
        return mechanism;
      }
    }
    String offer =
        context.offered().isEmpty()
            ? "no authentication"
            : "authentication by " + OneLine.of(String.join(", ", context.offered()));
    String advice =
        context.serverCertificate() == null
            ? "many servers offer more after STARTTLS"
            : "use credentials for what it offers";
    throw new SmtpAuthenticationException(
        "%s offers %s, and the credentials are for %s: %s. Nothing was sent."
            .formatted(server, offer, credentials, advice),
        null,
        null,
        null);
  }

  /** The initial response goes along if the line stays within what every server takes. */
  private Mono<String> begin() {
    SmtpCommand.Auth alone = new SmtpCommand.Auth(mechanism, null);
    if (initialResponse == null) {
      return say(alone).flatMap(this::hear);
    }
    String base64 = Base64.getEncoder().encodeToString(initialResponse);
    if (alone.encodedLength() + 1 + base64.length() <= CodecLimits.COMMAND_LINE) {
      // RFC 4954 §4: "=" is an empty response, which would else look like none.
      return say(new SmtpCommand.Auth(mechanism, base64.isEmpty() ? "=" : base64))
          .flatMap(this::hear);
    }
    return say(alone)
        .flatMap(
            reply ->
                reply.code() == 334 ? answer(Mono.just(initialResponse)) : Mono.just(end(reply)));
  }

  private Mono<SmtpReply> say(SmtpCommand.Auth command) {
    return dialog.exchange(command, Phase.COMMAND);
  }

  private Mono<String> hear(SmtpReply reply) {
    return reply.code() == 334
        ? answer(Mono.defer(() -> exchange.respond(challenge(reply))))
        : Mono.just(end(reply));
  }

  private byte[] challenge(SmtpReply reply) {
    if (++challenges > MAX_CHALLENGES) {
      throw new IllegalStateException("The server did not come to an end.");
    }
    try {
      return Base64.getDecoder().decode(reply.text().strip());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalStateException("The server's challenge is not base64: " + reply, malformed);
    }
  }

  private Mono<String> answer(Mono<byte[]> response) {
    return response
        .timeout(patience, tookTooLong(server, patience))
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("It did not answer.")))
        .map(AuthResponse::of)
        .onErrorResume(error -> cancel(broken(server, mechanism, error)))
        .flatMap(dialog::respond)
        .flatMap(this::hear);
  }

  /** Says {@code *}, hears what the server says to it, and signals the reason. */
  private Mono<AuthResponse> cancel(SmtpException reason) {
    return dialog
        .respond(AuthResponse.CANCEL)
        .onErrorResume(
            lost -> {
              reason.addSuppressed(lost);
              return Mono.empty();
            })
        .then(Mono.error(reason));
  }

  /** The mechanism's name if that is the server's yes, and the client's. */
  private String end(SmtpReply reply) {
    if (reply.code() == 235) {
      try {
        exchange.accepted();
        return mechanism;
      } catch (RuntimeException unproven) {
        throw broken(server, mechanism, unproven);
      }
    }
    String failure = exchange.failure();
    String said = reply + (failure == null ? "" : " (" + OneLine.of(failure) + ")");
    if (reply.isPermanent()) {
      throw new SmtpAuthenticationException(
          ("%s refused authentication by %s: %s. Check user, password or token, and whether the"
                  + " server takes them by this mechanism; no other is tried.%s Nothing was sent.")
              .formatted(server, mechanism, said, bindingAdvice()),
          mechanism,
          reply,
          null);
    }
    if (reply.isTransient()) {
      throw new SmtpException(
          "%s cannot authenticate by %s now: %s. It may be tried again later."
              .formatted(server, mechanism, said));
    }
    throw new SmtpException(
        "%s answered authentication by %s out of place: %s".formatted(server, mechanism, said));
  }

  /** Of the ways to bind to TLS, the JDK lets a client know one; a server may know others only. */
  private String bindingAdvice() {
    return mechanism.endsWith("-PLUS")
        ? " It binds to TLS by tls-server-end-point; for a server that knows other bindings only,"
            + " leave "
            + mechanism
            + " out of the credentials."
        : "";
  }

  /** What is not the server's verdict, but ended the exchange on this side. */
  private static SmtpException broken(String server, String mechanism, Throwable error) {
    return error instanceof SmtpException known
        ? known
        : new SmtpAuthenticationException(
            "Authentication by %s with %s failed: %s Nothing was sent."
                .formatted(mechanism, server, OneLine.of(error)),
            mechanism,
            null,
            error);
  }
}
