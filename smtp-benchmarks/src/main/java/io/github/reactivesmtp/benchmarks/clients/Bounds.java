package io.github.reactivesmtp.benchmarks.clients;

/**
 * How long a client sends in one run.
 *
 * @param messages at most, after the warm-up
 * @param warmupSeconds of sending before the clock starts
 * @param seconds after which no message is begun any more
 */
record Bounds(long messages, double warmupSeconds, double seconds) {}
