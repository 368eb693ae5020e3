/** The client of this project as a load generator. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers.reactivesmtp;

import org.jspecify.annotations.NullMarked;
