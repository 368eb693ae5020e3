package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;

/** What a reply means to the session. */
enum Verdict {
  /** Go on. */
  GO_ON,
  /** The server is closing the connection: 421, or a refusal of what cannot be refused (RSET). */
  CLOSING,
  /** The reply counts, but the server may take the octets of a BDAT for commands. */
  UNREAD,
  /** No legal reply to what was said: replies can no longer be told apart. */
  VIOLATION;

  /** Of a legal reply. */
  static Verdict of(SmtpReply reply) {
    return reply.code() == 421 ? CLOSING : GO_ON;
  }

  /** Of a reply that answers nothing; but a server may say goodbye at any time (RFC 5321 §3.8). */
  static Verdict outOfPlace(SmtpReply reply) {
    return reply.code() == 421 ? CLOSING : VIOLATION;
  }
}
