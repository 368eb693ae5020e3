/** Sends envelopes over pooled, pipelined SMTP connections and tells what became of each. */
@NullMarked
package io.github.reactivesmtp.client;

import org.jspecify.annotations.NullMarked;
