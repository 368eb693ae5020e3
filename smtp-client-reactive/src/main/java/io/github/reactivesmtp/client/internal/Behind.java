package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.SmtpReply;

/** What came behind a reply in the same read. */
enum Behind {
  NOTHING,
  /** A server may say 421 at any time (RFC 5321 §3.8); it takes nothing back. */
  GOODBYE,
  /** Another reply, or a part of one. */
  MORE;

  static Behind of(SmtpReply next) {
    return next.code() == 421 ? GOODBYE : MORE;
  }
}
