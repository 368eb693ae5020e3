package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * Something to be answered.
 *
 * @param normal what the server says of its own accord; null for nothing
 * @param rule what a script wants instead
 */
record Answer(
    Phase phase,
    @Nullable SmtpCommand command,
    @Nullable SmtpReply normal,
    @Nullable ScriptRule rule) {

  /** The reply whose meaning takes effect; null if nothing does. */
  @Nullable SmtpReply effect(ServerSettings settings) {
    if (rule == null) {
      return normal;
    }
    return switch (rule.effect()) {
      case AS_SAID -> said(rule.action(), settings);
      case ACCEPTED -> accepted();
      case REFUSED -> StandardReply.BAD_SEQUENCE.reply(false);
    };
  }

  private @Nullable SmtpReply said(ScriptAction action, ServerSettings settings) {
    if (action instanceof ScriptAction.Normal || action instanceof ScriptAction.Extra) {
      return normal;
    } else if (action instanceof ScriptAction.Reply reply) {
      return reply.reply();
    } else if (action instanceof ScriptAction.Raw raw) {
      return raw.reply();
    } else if (action instanceof ScriptAction.Advertise advertise) {
      return ServerSettings.ehlo(settings.hostName(), advertise.extensions());
    }
    return null;
  }

  private @Nullable SmtpReply accepted() {
    return switch (phase) {
      case EHLO, LHLO -> normal;
      case DATA -> StandardReply.START_CONTENT.reply(false);
      case STARTTLS -> StandardReply.READY_FOR_TLS.reply(false);
      default -> StandardReply.OK.reply(false);
    };
  }

  /** Whether this takes the message, where the question is the content. */
  boolean accepts(ServerSettings settings) {
    SmtpReply effect = effect(settings);
    return effect != null && effect.isPositive();
  }
}
