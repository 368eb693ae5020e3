/** The smtp command. */
@NullMarked
package io.github.reactivesmtp.cli;

import org.jspecify.annotations.NullMarked;
