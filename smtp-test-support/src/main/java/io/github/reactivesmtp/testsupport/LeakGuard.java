package io.github.reactivesmtp.testsupport;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the test class at whose end a buffer, or something else that Netty counts, was leaked. */
public final class LeakGuard implements AfterAllCallback {

  static {
    LeakDetection.install();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    boolean nested = context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    if (nested) {
      return;
    }
    List<String> leaks = LeakDetection.leaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          leaks.size()
              + " leaked by the end of "
              + context.getDisplayName()
              + ":\n"
              + String.join("\n", leaks));
    }
  }
}
