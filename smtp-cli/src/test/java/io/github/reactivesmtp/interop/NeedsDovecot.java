package io.github.reactivesmtp.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that may take the run's {@link DovecotServer} as a parameter, and the {@link PostfixServer}
 * that it works with; skipped where one of them cannot run.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsPostfix
@Tag("dovecot")
@ExtendWith(DovecotExtension.class)
public @interface NeedsDovecot {}
