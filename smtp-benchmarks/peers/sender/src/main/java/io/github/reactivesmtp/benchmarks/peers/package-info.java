/** What the compared mail clients have in common, so that they differ in nothing but themselves. */
@NullMarked
package io.github.reactivesmtp.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
