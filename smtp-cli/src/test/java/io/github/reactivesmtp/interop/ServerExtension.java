package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one server for the whole run, or skips them saying why. */
abstract class ServerExtension<S extends AutoCloseable>
    implements ExecutionCondition, BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ServerExtension.class);

  private final Class<S> type;

  ServerExtension(Class<S> type) {
    this.type = type;
  }

  /** Why the server can not be started here, if it can not. */
  abstract Optional<String> whyNot();

  abstract S start(ExtensionContext context) throws IOException;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return whyNot()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled(type.getSimpleName() + " can run"));
  }

  /** Even a test that does not ask for it may need it: Postfix asks Dovecot. */
  @Override
  public void beforeAll(ExtensionContext context) {
    server(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public S resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  /** The one server of the run, started when it is first asked for. */
  S server(ExtensionContext context) {
    // In the root's store: closed, and with it the server stopped, when the last test has run.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(type, key -> startOrFail(context), type);
  }

  private S startOrFail(ExtensionContext context) {
    try {
      return start(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
