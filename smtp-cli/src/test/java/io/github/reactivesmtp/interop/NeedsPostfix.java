package io.github.reactivesmtp.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that may take the run's {@link PostfixServer} as a parameter; skipped where it cannot run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("postfix")
@ExtendWith(PostfixExtension.class)
public @interface NeedsPostfix {}
