package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.SendResult;

/** Who waits for what becomes of an envelope. Told once, by any thread. */
interface ResultListener {

  /** Whether it does not want it sent any more. */
  boolean isCancelled();

  /** Takes the result; false if nobody wants it any more. */
  boolean onResult(SendResult result);

  /** Takes an error that concerns every envelope; false if nobody wants to know any more. */
  boolean onFailure(Throwable error);
}
