/** An embedded, scriptable SMTP server. */
@NullMarked
package io.github.reactivesmtp.testkit;

import org.jspecify.annotations.NullMarked;
