/** What watches over every test of the client. */
@NullMarked
package io.github.reactivesmtp.client.guard;

import org.jspecify.annotations.NullMarked;
