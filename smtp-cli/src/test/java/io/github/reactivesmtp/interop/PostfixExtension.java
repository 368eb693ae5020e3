package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link PostfixServer} of the run. */
final class PostfixExtension extends ServerExtension<PostfixServer> {

  PostfixExtension() {
    super(PostfixServer.class);
  }

  @Override
  Optional<String> whyNot() {
    return PostfixServer.whyNot();
  }

  @Override
  PostfixServer start(ExtensionContext context) throws IOException {
    return PostfixServer.start();
  }
}
