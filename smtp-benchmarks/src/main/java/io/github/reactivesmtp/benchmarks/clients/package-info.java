/**
 * The comparison of whole clients: each sends the same messages to the same sink, in a JVM of its
 * own, one after the other and round after round; what the sink holds is checked.
 */
@NullMarked
package io.github.reactivesmtp.benchmarks.clients;

import org.jspecify.annotations.NullMarked;
