package io.github.reactivesmtp.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A {@link SmtpServer} for JUnit 5 tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SmtpServerExtension smtp = new SmtpServerExtension();
 *
 * @Test
 * void sends() {
 *   send(smtp.server().port());
 * }
 * }</pre>
 *
 * <p>As a field of an instance it starts a server for each test. As a static field, or with
 * {@code @ExtendWith(SmtpServerExtension.class)} on the class, it starts one for the class and
 * clears it before each test. Either way tests may take it as a parameter of type {@link
 * SmtpServer}.
 */
public final class SmtpServerExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  private final UnaryOperator<SmtpServerBuilder> settings;
  private volatile @Nullable SmtpServer server;

  /** Test classes under way, the nested ones included, that share the server. */
  private final AtomicInteger classes = new AtomicInteger();

  /** A server that accepts and records everything. */
  public SmtpServerExtension() {
    this(UnaryOperator.identity());
  }

  /** A server with settings of its own: {@code server -> server.extensions("SIZE 1000")}. */
  public SmtpServerExtension(UnaryOperator<SmtpServerBuilder> settings) {
    this.settings = settings;
  }

  /** A server that follows a script. */
  public SmtpServerExtension(SmtpScript script) {
    this(builder -> builder.script(script));
  }

  /**
   * The server.
   *
   * @throws IllegalStateException if no test is running
   */
  public SmtpServer server() {
    SmtpServer running = server;
    if (running == null) {
      throw new IllegalStateException("the server runs during tests only");
    }
    return running;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (server == null) {
      server = settings.apply(SmtpServer.builder()).start();
    }
    classes.incrementAndGet();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (classes.get() > 0) {
      server().clear();
    } else {
      server = settings.apply(SmtpServer.builder()).start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (classes.get() == 0) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (classes.decrementAndGet() == 0) {
      close();
    }
  }

  private void close() {
    SmtpServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SmtpServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server();
  }
}
