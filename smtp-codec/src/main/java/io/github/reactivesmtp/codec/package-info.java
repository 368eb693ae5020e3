/**
 * SMTP on the wire: commands, replies, capabilities and dot-stuffing as pure functions and values.
 *
 * <p>Nothing here does I/O, starts a thread or keeps a view of a buffer past the call it was given
 * to.
 */
@NullMarked
package io.github.reactivesmtp.codec;

import org.jspecify.annotations.NullMarked;
