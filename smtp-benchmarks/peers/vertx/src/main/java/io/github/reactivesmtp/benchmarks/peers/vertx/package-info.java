/** vertx-mail-client as a load generator. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers.vertx;

import org.jspecify.annotations.NullMarked;
