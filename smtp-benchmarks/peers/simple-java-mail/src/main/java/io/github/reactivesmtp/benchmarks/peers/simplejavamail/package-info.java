/** Simple Java Mail as a load generator. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers.simplejavamail;

import org.jspecify.annotations.NullMarked;
