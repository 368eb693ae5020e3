/** The server's side of the SASL mechanisms that are in use with SMTP; pure, without any I/O. */
@NullMarked
package io.github.reactivesmtp.testkit.sasl;

import org.jspecify.annotations.NullMarked;
