/** What a client holds at most, whatever the server does and however much there is to send. */
@NullMarked
package io.github.reactivesmtp.client.bounds;

import org.jspecify.annotations.NullMarked;
