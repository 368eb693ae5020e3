package io.github.reactivesmtp.client.internal;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where a session gets envelopes from, and where it says what became of them. */
interface EnvelopeSource {

  /** The next envelope for a session that has room; null if there is none now. */
  @Nullable PendingSend poll();

  /** How many envelopes wait. */
  int waiting();

  /** An attempt of an envelope is over. */
  void ended(PendingSend send, TransactionOutcome outcome, @Nullable SocketAddress server);
}
