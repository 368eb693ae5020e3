/** How the client does it: dispatch, sessions and transactions. Not for use from outside. */
@NullMarked
package io.github.reactivesmtp.client.internal;

import org.jspecify.annotations.NullMarked;
