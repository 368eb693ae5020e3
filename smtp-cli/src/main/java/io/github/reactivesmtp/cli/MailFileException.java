package io.github.reactivesmtp.cli;

/** Why a file cannot be sent; the message completes "FILE was not sent: ". */
final class MailFileException extends Exception {

  private static final long serialVersionUID = 1L;

  MailFileException(String message) {
    super(message);
  }

  MailFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
