/** Many envelopes, many faults, and a ledger that must agree with the server. */
@NullMarked
package io.github.reactivesmtp.client.soak;

import org.jspecify.annotations.NullMarked;
