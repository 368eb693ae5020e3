/** Angus Mail as a load generator. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers.angus;

import org.jspecify.annotations.NullMarked;
