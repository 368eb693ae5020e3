/** The mechanisms a client authenticates by (SASL, RFC 4422), and the seam for one's own. */
@NullMarked
package io.github.reactivesmtp.client.auth;

import org.jspecify.annotations.NullMarked;
