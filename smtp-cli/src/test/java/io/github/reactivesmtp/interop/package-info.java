/**
 * Real servers for tests, and the tests against them: Postfix and Dovecot from Debian's packages,
 * started on loopback ports with a configuration, data and certificates of their own.
 */
@NullMarked
package io.github.reactivesmtp.interop;

import org.jspecify.annotations.NullMarked;
