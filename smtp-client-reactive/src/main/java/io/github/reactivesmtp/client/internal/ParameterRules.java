package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.codec.Extension;
import java.util.EnumSet;
import java.util.Set;

/** Which parameters of MAIL and RCPT need which extension, and which may be left out. */
public final class ParameterRules {

  /** Without these the message arrives all the same, and says the same. */
  private static final Set<Extension> DISPENSABLE =
      EnumSet.of(Extension.DSN, Extension.DELIVERBY, Extension.MT_PRIORITY, Extension.AUTH);

  private ParameterRules() {}

  /** The extension, if a message that asks for it may go without. */
  public static Extension requireDispensable(Extension extension) {
    if (!DISPENSABLE.contains(extension)) {
      throw new IllegalArgumentException(
          extension.keyword()
              + " cannot be left out without changing the message or what becomes of it; only "
              + DISPENSABLE
              + " can.");
    }
    return extension;
  }
}
