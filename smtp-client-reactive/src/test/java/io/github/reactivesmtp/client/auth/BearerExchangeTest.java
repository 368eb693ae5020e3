package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What goes over the wire with a token. */
class BearerExchangeTest {

  /** RFC 7628 §3.1: a port is 1*DIGIT, whatever digits people use where the client runs. */
  @Test
  void thePortIsInAsciiDigitsInEachLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      SaslExchange exchange =
          SaslMechanisms.bearerToken("u", Mono.just("t")).get(0).begin(Contexts.clear()).block();
      assertThat(new String(exchange.initialResponse(), UTF_8)).contains("\1port=143\1");
    } finally {
      Locale.setDefault(before);
    }
  }
}
