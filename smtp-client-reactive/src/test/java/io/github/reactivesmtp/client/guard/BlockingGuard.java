package io.github.reactivesmtp.client.guard;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Fails the test during which something blocked a thread that must not wait: an event loop's, or
 * one of Reactor's parallel scheduler. The call itself goes on, so that one test shows all of them.
 *
 * <p>What Netty and Reactor know to be harmless they tell BlockHound themselves.
 */
public final class BlockingGuard implements AfterEachCallback, AfterAllCallback {

  private static final Queue<BlockingOperationError> CALLS = new ConcurrentLinkedQueue<>();

  static {
    BlockHound.install(
        builder ->
            builder
                // Reads /dev/urandom, which never waits: how Java makes random numbers on Linux,
                // for TLS contexts, the nonces of SCRAM and, in the test server, challenges.
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                // The test server's record of messages, which its loops share: held to add to a
                // list.
                .allowBlockingCallsInside("io.github.reactivesmtp.testkit.RecordingSink", "accept")
                .blockingMethodCallback(method -> CALLS.add(new BlockingOperationError(method))));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check(context);
  }

  /** Also what the end of the class brought, such as the end of its connections. */
  @Override
  public void afterAll(ExtensionContext context) {
    check(context);
  }

  private static void check(ExtensionContext context) {
    BlockingOperationError first = CALLS.poll();
    if (first == null) {
      return;
    }
    AssertionError failure =
        new AssertionError("Blocked during " + context.getDisplayName() + ": " + first, first);
    for (BlockingOperationError other; (other = CALLS.poll()) != null; ) {
      failure.addSuppressed(other);
    }
    throw failure;
  }
}
