package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.testkit.sasl.ServerMechanism;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One AUTH exchange (RFC 4954 §4): a mechanism's steps as replies. What has been decided is said
 * again to whatever else comes, should a script keep the exchange going.
 */
final class AuthExchange {

  private final SmtpCommand.Auth command;
  private final boolean withStatus;

  /** Null once all is decided. */
  private @Nullable ServerMechanism mechanism;

  private SmtpReply verdict;
  private @Nullable String user;

  AuthExchange(SmtpCommand.Auth command, ServerMechanism mechanism, boolean withStatus) {
    this.command = command;
    this.mechanism = mechanism;
    this.withStatus = withStatus;
    verdict = StandardReply.BAD_CREDENTIALS.reply(withStatus);
  }

  /** One that is over before it has begun. */
  AuthExchange(SmtpCommand.Auth command, StandardReply refusal, boolean withStatus) {
    this.command = command;
    this.withStatus = withStatus;
    verdict = refusal.reply(withStatus);
  }

  /** The command it began with. */
  SmtpCommand.Auth command() {
    return command;
  }

  /** Who has been recognised; null if nobody, or somebody unknown. */
  @Nullable String user() {
    return user;
  }

  /** The reply to the command itself. */
  SmtpReply begin() {
    String initial = command.initialResponse();
    if (initial == null) {
      return step(null);
    }
    return initial.equals("=") ? step(new byte[0]) : decoded(initial);
  }

  /**
   * The reply to a line of the exchange.
   *
   * @param line as it came, without its end
   */
  SmtpReply next(String line) {
    return line.equals("*") ? decide(StandardReply.AUTH_CANCELLED) : decoded(line);
  }

  private SmtpReply decoded(String base64) {
    if (base64.length() % 4 != 0) { // which Java would take
      return decide(StandardReply.NOT_BASE64);
    }
    byte[] response;
    try {
      response = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return decide(StandardReply.NOT_BASE64);
    }
    return step(response);
  }

  private SmtpReply step(byte @Nullable [] response) {
    if (mechanism == null) {
      return verdict;
    }
    ServerMechanism.Step step = mechanism.next(response);
    if (step instanceof ServerMechanism.Challenge challenge) {
      return SmtpReply.of(334, Base64.getEncoder().encodeToString(challenge.octets()));
    } else if (step instanceof ServerMechanism.Accepted accepted) {
      user = accepted.user();
      return decide(StandardReply.AUTHENTICATED);
    }
    return decide(
        step == ServerMechanism.Refused.INITIAL_RESPONSE
            ? StandardReply.SYNTAX_ERROR
            : StandardReply.BAD_CREDENTIALS);
  }

  private SmtpReply decide(StandardReply reply) {
    mechanism = null;
    verdict = reply.reply(withStatus);
    return verdict;
  }
}
