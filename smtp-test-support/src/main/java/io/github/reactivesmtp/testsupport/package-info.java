/** What watches over the project's own tests. */
@NullMarked
package io.github.reactivesmtp.testsupport;

import org.jspecify.annotations.NullMarked;
