/**
 * JMH benchmarks of the codec's kernels, rivals beside them in the same run.
 *
 * <p>For content, {@code gbPerSecond} is the figure to read: octets of input per nanosecond, that
 * is, GB/s. Replies and commands are in nanoseconds each. {@code gc.alloc.rate.norm} is octets
 * allocated, per call for content and per reply or command for these.
 *
 * <p>Every {@code @Setup} checks that all make the same octets, or say the same, before any is
 * measured.
 */
@NullMarked
package io.github.reactivesmtp.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
