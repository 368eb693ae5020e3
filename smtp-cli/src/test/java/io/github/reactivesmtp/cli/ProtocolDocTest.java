package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Credentials;
import io.github.reactivesmtp.client.auth.SaslMechanism;
import io.github.reactivesmtp.codec.Extension;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** docs/protocol.md lists nothing without its test, and leaves out nothing the library knows. */
class ProtocolDocTest {

  private static final String DOC = "protocol.md";

  @Test
  void everyRowNamesATest() throws IOException {
    assertThat(DocumentedTests.of(DOC).firstCells()).hasSizeGreaterThan(40);
    assertThat(DocumentedTests.of(DOC).withoutTest()).isEmpty();
  }

  @Test
  void everyTestExists() throws IOException {
    assertThat(DocumentedTests.of(DOC).missing()).as("tests that are not there").isEmpty();
  }

  @Test
  void nothingKnownIsMissing() throws IOException {
    assertThat(DocumentedTests.of(DOC).firstCells())
        .containsAll(Arrays.stream(Extension.values()).map(Extension::keyword).toList())
        .containsAll(
            Stream.of(
                    Credentials.password("user", "secret"),
                    Credentials.bearerToken("user", Mono.empty()),
                    Credentials.external())
                .flatMap(all -> all.mechanisms().stream())
                .map(SaslMechanism::name)
                .toList());
  }
}
