package io.github.reactivesmtp.client.faults;

/** What goes wrong; the columns of the table of {@link ExpectedOutcomes}, in its order. */
enum Fault {
  /** Not another word; the server goes on reading. */
  HANG,
  /** TCP RST. */
  RESET,
  /** TCP FIN. */
  CLOSE,
  /**
   * "Closing transmission channel" (RFC 5321 §3.8), by a server that closes and by one that goes
   * on.
   */
  SAYS_421,
  SAYS_4YZ,
  SAYS_5YZ,
  /** Octets that are no reply, and lines of a reply that contradict each other. */
  GARBAGE,
  /** The right reply, each octet in a packet of its own. */
  SPLIT,
  /** The right reply in one packet with others that are due. */
  COALESCED,
  /** A reply of a single line, eight times as long as RFC 5321 §4.5.3.1.5 allows. */
  TOO_LONG,
  /** A reply, or a line of it, that never ends. */
  ENDLESS,
  /** The right reply and one too many in the same packet: the same again, or a refusal. */
  EXTRA,
  /** The right reply, then the same again in a packet of its own. */
  EXTRA_LATER,
  /** A reply too many before the right one, in the same packet, which says the contrary. */
  STRAY_BEFORE,
  /** The right reply, then 421 in the same packet and the end. */
  THEN_421,
  /** A reply that is legal elsewhere, not here. */
  WRONG_PHASE
}
