package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.SmtpReply;

/** What the server says of its own accord; encoded once, with and without enhanced status. */
@SuppressWarnings("ImmutableEnumChecker") // SmtpReply is immutable, it only doesn't say so
enum StandardReply {
  OK(250, "2.0.0", "Ok"),
  SENDER_OK(250, "2.1.0", "Sender ok"),
  RECIPIENT_OK(250, "2.1.5", "Recipient ok"),
  CHUNK_OK(250, "2.0.0", "Ok: chunk received"),
  QUEUED(250, "2.0.0", "Ok: queued"),
  CANNOT_VERIFY(252, "2.5.2", "Cannot VRFY user, but will take the message"),
  HELP(214, "2.0.0", "See RFC 5321"),
  READY_FOR_TLS(220, "2.0.0", "Ready to start TLS"),
  BYE(221, "2.0.0", "Bye"),
  AUTHENTICATED(235, "2.7.0", "Authentication successful"),
  /** RFC 4954 §4: nothing but the challenge stands after 334. */
  START_CONTENT(354, "", "End data with <CR><LF>.<CR><LF>"),
  STORE_FAILED(451, "4.3.0", "Local error in processing"),
  TOO_MANY_RECIPIENTS(452, "4.5.3", "Too many recipients"),
  TOO_MANY_DOMAINS(452, "4.5.3", "Too many recipient domains in this session"),
  TOO_MANY_MESSAGES(452, "4.5.3", "Too many messages in this session"),
  NO_TLS(454, "4.7.0", "TLS not available"),
  UNKNOWN_COMMAND(500, "5.5.2", "Command unrecognized"),
  SYNTAX_ERROR(501, "5.5.4", "Syntax error in parameters or arguments"),
  NOT_BASE64(501, "5.5.2", "Response is not base64"),
  AUTH_CANCELLED(501, "5.7.0", "Authentication cancelled"),
  NOT_IMPLEMENTED(502, "5.5.1", "Command not implemented"),
  SAY_HELLO(503, "5.5.1", "Send EHLO first"),
  NESTED_MAIL(503, "5.5.1", "Nested MAIL command"),
  NEED_MAIL(503, "5.5.1", "Need MAIL before this"),
  NEED_RCPT(503, "5.5.1", "Need RCPT before this"),
  BAD_SEQUENCE(503, "5.5.1", "Bad sequence of commands"),
  CHUNK_FAILED(503, "5.5.1", "An earlier chunk of this message was refused"),
  UNKNOWN_MECHANISM(504, "5.5.4", "Unrecognized authentication mechanism"),
  BAD_CREDENTIALS(535, "5.7.8", "Authentication credentials invalid"),
  NO_SUCH_LIST(550, "5.1.1", "No such list"),
  TOO_BIG(552, "5.3.4", "Message size exceeds the limit"),
  NEEDS_SMTPUTF8(553, "5.6.7", "Address needs SMTPUTF8"),
  NO_VALID_RECIPIENTS(554, "5.5.1", "No valid recipients"),
  UNKNOWN_PARAMETER(555, "5.5.4", "Parameter not recognized or not offered");

  private final SmtpReply plain;
  private final SmtpReply enhanced;

  StandardReply(int code, String status, String text) {
    plain = SmtpReply.of(code, text);
    enhanced = status.isEmpty() ? plain : SmtpReply.of(code, status + " " + text);
  }

  /**
   * The reply.
   *
   * @param withStatus whether ENHANCEDSTATUSCODES was offered (RFC 2034 §4)
   */
  SmtpReply reply(boolean withStatus) {
    return withStatus ? enhanced : plain;
  }
}
