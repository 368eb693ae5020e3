package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.SmtpAuthenticationException;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.SmtpInjectionException;
import io.github.reactivesmtp.client.SmtpTlsException;
import io.github.reactivesmtp.client.TlsDetails;
import io.github.reactivesmtp.client.TlsMode;
import io.github.reactivesmtp.client.auth.SaslContext;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * From a TCP connection to a session that can take mail: greeting, EHLO, STARTTLS, EHLO again, AUTH
 * (RFC 5321 §3.1, RFC 3207, RFC 4954).
 */
final class Handshake {

  private final SmtpSession session;
  private final ConnectOptions options;
  private final Duration patience;
  private final TlsMode mode;
  private final TlsUpgrade tls;
  private final Announcer announcer;

  private boolean tlsFailed;

  /** {@code mode}: that of the options, or NONE where TLS was tried and failed. */
  Handshake(
      SmtpSession session,
      ClientOptions options,
      TlsMode mode,
      TlsUpgrade tls,
      Announcer announcer) {
    this.session = session;
    this.options = options.connect();
    this.patience = options.timeouts().command();
    this.mode = mode;
    this.tls = tls;
    this.announcer = announcer;
  }

  /** The session, once it can take mail. */
  Mono<SmtpSession> run() {
    return (mode == TlsMode.IMPLICIT ? encrypt() : Mono.<Void>empty())
        .then(greet())
        .then(Mono.defer(this::hello))
        .then(Mono.defer(this::startTls))
        .then(Mono.defer(this::authenticate))
        .then(
            Mono.fromSupplier(
                () -> {
                  session.whenLost(
                      cause -> announcer.tell(id -> new ConnectionEvent.Closed(id, cause)));
                  announcer.tell(ConnectionEvent.Ready::new);
                  return session;
                }));
  }

  /**
   * Whether another connection may do without TLS, as if STARTTLS had not been offered: its
   * handshake failed, and not by what looks like an attack, and nothing is to be kept from who
   * listens.
   */
  boolean mayBeTriedInClear(Throwable error) {
    return mode == TlsMode.OPPORTUNISTIC
        && tlsFailed
        && (mayGoOnInClear() || error instanceof SmtpTlsException);
  }

  private boolean mayGoOnInClear() {
    return options.credentials() == null || options.cleartextAuth() || session.server().isUnix();
  }

  private Mono<Void> greet() {
    return session
        .exchange(null, Phase.GREETING)
        .doOnNext(
            reply -> {
              announcer.tell(id -> new ConnectionEvent.Greeted(id, reply));
              if (!LegalReply.isReady(reply)) {
                throw new SmtpException(session.server() + " takes no mail: " + reply);
              }
            })
        .then();
  }

  /** EHLO, and HELO for servers that do not know it (RFC 5321 §3.2, §4.1.1.1); LHLO for LMTP. */
  private Mono<Void> hello() {
    SmtpCommand command = helloCommand();
    return session
        .exchange(command, Phase.COMMAND)
        .flatMap(
            reply -> {
              if (LegalReply.completes(reply)) {
                return Mono.just(Capabilities.parse(reply));
              }
              boolean unknown = reply.code() == 500 || reply.code() == 502 || reply.code() == 504;
              return unknown && !options.lmtp() ? helo() : refused(command, reply);
            })
        .doOnNext(this::learn)
        .then();
  }

  private SmtpCommand helloCommand() {
    String name = options.helloName();
    return options.lmtp() ? new SmtpCommand.Lhlo(name) : new SmtpCommand.Ehlo(name);
  }

  private void learn(Capabilities offered) {
    session.capabilities(offered);
    announcer.tell(id -> new ConnectionEvent.Offered(id, offered, session.tls() != null));
  }

  private Mono<Capabilities> helo() {
    SmtpCommand helo = new SmtpCommand.Helo(options.helloName());
    return session
        .exchange(helo, Phase.COMMAND)
        .flatMap(
            reply ->
                LegalReply.completes(reply) ? Mono.just(Capabilities.NONE) : refused(helo, reply));
  }

  private <T> Mono<T> refused(SmtpCommand command, SmtpReply reply) {
    String what = reply.isNegative() ? " refused " : " sent a reply out of place to ";
    return Mono.error(new SmtpException(session.server() + what + command + ": " + reply));
  }

  // --- TLS

  private Mono<Void> startTls() {
    if (mode != TlsMode.REQUIRED && mode != TlsMode.OPPORTUNISTIC) {
      return Mono.empty();
    }
    if (!session.capabilities().supports(Extension.STARTTLS)) {
      return mode == TlsMode.REQUIRED ? Mono.error(notOffered()) : Mono.empty();
    }
    return session
        .exchange(SmtpCommand.STARTTLS, Phase.STARTTLS)
        .flatMap(
            reply -> {
              if (LegalReply.isReady(reply)) {
                // All that was learnt before is forgotten (RFC 3207 §4.2).
                session.capabilities(Capabilities.NONE);
                return encrypt().then(Mono.defer(this::hello));
              }
              if (!reply.isNegative()) {
                return refused(SmtpCommand.STARTTLS, reply);
              }
              // Credentials wait for a server that can encrypt again.
              boolean refused =
                  mode == TlsMode.REQUIRED || (reply.isTransient() && !mayGoOnInClear());
              return refused ? Mono.error(notGranted(reply)) : Mono.empty();
            });
  }

  private Mono<Void> encrypt() {
    return tls.on(session.channel(), session.server())
        .onErrorMap(session::whyLost)
        .doOnError(
            SmtpException.class, error -> tlsFailed = !(error instanceof SmtpInjectionException))
        .doOnNext(
            details -> {
              session.tls(details);
              announcer.tell(id -> new ConnectionEvent.Secured(id, details));
            })
        .then();
  }

  private SmtpTlsException notOffered() {
    // Some firewalls overwrite keywords they do not like: XXXXXXXA for STARTTLS.
    boolean masked =
        session.capabilities().keywords().stream().anyMatch(word -> word.matches("X{4,}[A-Z]?"));
    return new SmtpTlsException(
        session.server()
            + (masked
                ? " offers no STARTTLS; a firewall on the way seems to have struck it out."
                : " offers no STARTTLS.")
            + " Nothing was sent. Ports that begin with TLS (465) need implicit TLS.",
        null);
  }

  private SmtpException notGranted(SmtpReply reply) {
    String what = session.server() + " refused STARTTLS: " + reply + ". Nothing was sent.";
    return reply.isPermanent() ? new SmtpTlsException(what, null) : new SmtpException(what);
  }

  // --- authentication

  private Mono<Void> authenticate() {
    if (options.credentials() == null) {
      return Mono.empty();
    }
    if (!mayShowCredentials()) {
      return Mono.error(tooOpen());
    }
    ServerAddress server = session.server();
    SaslContext context =
        new SaslContext(
            server.host(), server.port(), session.capabilities().authMechanisms(), certificate());
    Runnable listenAgain = Wiretap.silence(session.channel().pipeline());
    return Authentication.authenticate(
            session, options.credentials(), context, server.toString(), patience)
        .doOnNext(
            mechanism -> announcer.tell(id -> new ConnectionEvent.Authenticated(id, mechanism)))
        .doFinally(signal -> listenAgain.run())
        .then(Mono.defer(this::helloAgain));
  }

  /** Some servers offer more to whom they know (Dovecot: DSN, its SIZE); none must answer. */
  private Mono<Void> helloAgain() {
    return session
        .exchange(helloCommand(), Phase.COMMAND)
        .doOnNext(
            reply -> {
              if (LegalReply.completes(reply)) {
                learn(Capabilities.parse(reply));
              } else if (reply.code() == 421 || !reply.isNegative()) {
                throw new SmtpException(session.server() + " closes the connection: " + reply);
              }
            })
        .then();
  }

  private boolean mayShowCredentials() {
    TlsDetails details = session.tls();
    boolean trusted = details != null && (details.isVerified() || !options.tls().verify());
    return trusted || options.cleartextAuth() || session.server().isUnix();
  }

  private SmtpAuthenticationException tooOpen() {
    TlsDetails details = session.tls();
    String why =
        details == null
            ? "the connection is not encrypted"
            : Objects.requireNonNull(details.distrust()).getMessage();
    return new SmtpAuthenticationException(
        "Credentials were not sent to "
            + session.server()
            + ", for "
            + why
            + ". Nothing else was sent either. Required or implicit TLS protects them; they can be"
            + " given away only by allowing it by name.",
        null,
        null,
        null);
  }

  private @Nullable X509Certificate certificate() {
    TlsDetails details = session.tls();
    return details == null || details.certificates().isEmpty()
        ? null
        : details.certificates().get(0);
  }
}
