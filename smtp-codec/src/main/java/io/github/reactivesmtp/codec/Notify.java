package io.github.reactivesmtp.codec;

/** When a notification shall be sent: the values of NOTIFY (RFC 3461 §4.1). */
public enum Notify {
  /** Not at all; stands alone. */
  NEVER,
  /** After delivery. */
  SUCCESS,
  /** When delivery failed. */
  FAILURE,
  /** When delivery is late. */
  DELAY
}
