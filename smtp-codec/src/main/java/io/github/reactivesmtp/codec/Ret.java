package io.github.reactivesmtp.codec;

/** How much of the message a failure notification shall carry: the value of RET (RFC 3461 §4.3). */
public enum Ret {
  /** The whole message. */
  FULL,
  /** Its headers. */
  HDRS
}
