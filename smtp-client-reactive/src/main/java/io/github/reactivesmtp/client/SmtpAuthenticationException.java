package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * The server and the client did not agree on who the client is, and the same would happen again:
 * the server refused for good, offers nothing the credentials are for, or did not keep to the
 * mechanism. No weaker mechanism is tried. Messages hold no password and no token.
 */
public class SmtpAuthenticationException extends SmtpConfigurationException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String mechanism;
  private final transient @Nullable SmtpReply reply;

  /** With what happened; see the accessors. */
  public SmtpAuthenticationException(
      String message,
      @Nullable String mechanism,
      @Nullable SmtpReply reply,
      @Nullable Throwable cause) {
    super(message, cause);
    this.mechanism = mechanism;
    this.reply = reply;
  }

  /** The mechanism that was used; null if it did not come to that. */
  public @Nullable String mechanism() {
    return mechanism;
  }

  /** The server's refusal; null if it was not the server that ended the exchange. */
  public @Nullable SmtpReply reply() {
    return reply;
  }
}
