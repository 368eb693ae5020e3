package io.github.reactivesmtp.interop;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What all these tests do with a client: make it, use it, dispose of it. */
final class Clients {

  private static final Duration PATIENCE = ServerDirectory.PATIENCE;

  private Clients() {}

  /** A client that uses STARTTLS and trusts the authority of the tests. */
  static SmtpClient.Builder trusting(TestCertificates certificates, String host, int port) {
    return SmtpClient.builder(host, port)
        .helloName("client.example.test")
        .tls(tls -> tls.trust(certificates.authority()));
  }

  /** A client that connects as the service wants it. */
  static SmtpClient.Builder of(PostfixServer postfix, PostfixService service) {
    return trusting(postfix.certificates(), "127.0.0.1", postfix.port(service))
        .tls(service.tlsMode());
  }

  static SendResult send(SmtpClient.Builder client, Envelope envelope) {
    return use(client, it -> it.send(envelope));
  }

  /** In no particular order. */
  static List<SendResult> sendAll(SmtpClient.Builder client, List<Envelope> envelopes) {
    return use(client, it -> it.sendAll(Flux.fromIterable(envelopes)).collectList());
  }

  /** The outcomes of a result's recipients, in the envelope's order. */
  static List<Outcome> outcomes(SendResult result) {
    return result.recipients().stream().map(recipient -> recipient.outcome()).toList();
  }

  static <T> T use(SmtpClient.Builder builder, Function<SmtpClient, Mono<T>> use) {
    SmtpClient client = builder.build();
    try {
      return use.apply(client).blockOptional(PATIENCE).orElseThrow();
    } finally {
      client.disposeLater().block(PATIENCE);
    }
  }
}
