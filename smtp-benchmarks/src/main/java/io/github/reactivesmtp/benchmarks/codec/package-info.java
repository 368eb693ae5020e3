/**
 * JMH benchmarks of the codec's kernels, rivals beside them in the same run.
 *
 * <p>For content, {@code gbPerSecond} is the figure to read: octets of input per nanosecond, that
 * is, GB/s. Replies and commands are in nanoseconds each. {@code gc.alloc.rate.norm} is octets
 * allocated, per call for content and per reply or command for these.
 *
 * <p>All of them, which takes two hours, and a choice that takes less than five minutes:
 *
 * <pre>
 * ./mvnw package -pl smtp-benchmarks -am -DskipTests -DskipITs
 * java -jar smtp-benchmarks/target/benchmarks.jar codec -prof gc -rf json -rff kernels.json
 * java -jar smtp-benchmarks/target/benchmarks.jar codec -prof gc -rf json -rff kernels.json \
 *   -f 1 -wi 2 -w 300ms -i 3 -r 300ms -p size=65536 -p memory=DIRECT -p corpus=PLAIN,DOTS
 * </pre>
 *
 * <p>Every {@code @Setup} checks that all make the same octets, or say the same, before any is
 * measured.
 */
@NullMarked
package io.github.reactivesmtp.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
