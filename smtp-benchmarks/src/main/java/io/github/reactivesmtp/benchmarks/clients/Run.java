package io.github.reactivesmtp.benchmarks.clients;

import org.jspecify.annotations.Nullable;

/**
 * One sender once in one case.
 *
 * @param round the first is 1
 * @param figures null if it did not come to any
 * @param problem why the run does not count; null if it does
 */
record Run(
    LoadCase load, Peer peer, int round, @Nullable Figures figures, @Nullable String problem) {}
