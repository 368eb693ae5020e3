/**
 * The fault matrix: what becomes of envelopes whatever goes wrong, whenever. {@link
 * io.github.reactivesmtp.client.faults.ExpectedOutcomes} has the table, {@link
 * io.github.reactivesmtp.client.faults.Ledger} what holds for all cases.
 */
@NullMarked
package io.github.reactivesmtp.client.faults;

import org.jspecify.annotations.NullMarked;
