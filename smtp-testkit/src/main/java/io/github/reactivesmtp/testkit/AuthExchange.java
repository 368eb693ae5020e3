package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One AUTH exchange (RFC 4954 §4) as a server leads it that believes everybody. Refusals are for
 * scripts.
 */
final class AuthExchange {

  private static final SmtpReply EMPTY_CHALLENGE = SmtpReply.of(334, "");

  /** "Username:" and "Password:" in base64. */
  private static final SmtpReply USERNAME = SmtpReply.of(334, "VXNlcm5hbWU6");

  private static final SmtpReply PASSWORD = SmtpReply.of(334, "UGFzc3dvcmQ6");

  private final boolean withStatus;
  private int questionsLeft;
  private final boolean login;

  AuthExchange(SmtpCommand.Auth command, boolean withStatus) {
    this.withStatus = withStatus;
    login = command.mechanism().toUpperCase(Locale.ROOT).equals("LOGIN");
    questionsLeft = (login ? 2 : 1) - (command.initialResponse() == null ? 0 : 1);
  }

  /**
   * The server's next word.
   *
   * @param line what the client answered; null at the beginning
   */
  SmtpReply next(@Nullable String line) {
    if ("*".equals(line)) {
      return StandardReply.AUTH_CANCELLED.reply(withStatus);
    }
    if (questionsLeft == 0) {
      return StandardReply.AUTHENTICATED.reply(withStatus);
    }
    questionsLeft--;
    if (!login) {
      return EMPTY_CHALLENGE;
    }
    return questionsLeft == 1 ? USERNAME : PASSWORD;
  }
}
