package io.github.reactivesmtp.interop;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link DovecotServer} of the run, beside the {@link PostfixServer} that it relays to. */
final class DovecotExtension extends ServerExtension<DovecotServer> {

  DovecotExtension() {
    super(DovecotServer.class);
  }

  @Override
  Optional<String> whyNot() {
    return DovecotServer.whyNot();
  }

  @Override
  DovecotServer start(ExtensionContext context) throws IOException {
    return DovecotServer.start(new PostfixExtension().server(context));
  }
}
