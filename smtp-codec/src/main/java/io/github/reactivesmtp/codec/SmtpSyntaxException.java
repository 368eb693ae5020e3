package io.github.reactivesmtp.codec;

/**
 * Text or octets that SMTP's grammar does not allow. The message shows them with control characters
 * escaped.
 */
public class SmtpSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final int replyCode;

  /**
   * An error that a server would answer with 501, syntax error in parameters (RFC 5321 §4.2.2).
   *
   * @param message what is wrong
   */
  public SmtpSyntaxException(String message) {
    this(501, message);
  }

  /**
   * An error and the code a server would answer it with.
   *
   * @param replyCode 500 for a command that is unknown or too long, 501 for wrong arguments
   * @param message what is wrong
   */
  public SmtpSyntaxException(int replyCode, String message) {
    super(message);
    this.replyCode = replyCode;
  }

  /** The reply code a server would answer this error with. */
  public int replyCode() {
    return replyCode;
  }
}
