/** What an attacker would try, end to end. */
@NullMarked
package io.github.reactivesmtp.client.security;

import org.jspecify.annotations.NullMarked;
