/** JMH benchmarks. */
@NullMarked
package io.github.reactivesmtp.benchmarks;

import org.jspecify.annotations.NullMarked;
