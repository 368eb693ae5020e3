package io.github.reactivesmtp.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** SCRAM (RFC 5802, RFC 7677), with tls-server-end-point (RFC 5929 §4) where it binds to TLS. */
final class ScramExchange implements SaslExchange {

  /** RFC 7677 §4 asks for no fewer. */
  private static final int MIN_ITERATIONS = 4096;

  /** About half a second; a server that wants more could keep all threads busy. */
  private static final int MAX_ITERATIONS = 600_000;

  private static final String PLUS = "-PLUS";
  private static final byte[] NOTHING = {};

  private enum State {
    AWAITS_SALT,
    AWAITS_SIGNATURE,
    PROVEN,
    FAILED
  }

  private final ScramClient client;
  private final byte[] clientFirst;
  private State state = State.AWAITS_SALT;
  private @Nullable String failure;

  ScramExchange(ScramClient client) {
    this.client = client;
    this.clientFirst = client.clientFirstMessage().toString().getBytes(UTF_8);
  }

  /** All but the nonce. */
  static ScramClient.FinalBuildStage client(
      String mechanism, String user, String password, SaslContext context) {
    ScramClient.FinalBuildStage client =
        ScramClient.builder()
            .advertisedMechanisms(List.of(mechanism))
            .username(user)
            .password(prepare(password));
    // RFC 5802 §6: a client that could have bound to TLS says so, lest someone on the way took the
    // offer out unnoticed. If it is there and not taken, by choice, that must not be said.
    if (mechanism.endsWith(PLUS) || context.offered().stream().noneMatch(it -> it.endsWith(PLUS))) {
      client.channelBinding(TlsServerEndpoint.TLS_SERVER_END_POINT, channelBinding(context));
    }
    return client;
  }

  /** Whether there is a certificate to bind to. */
  static boolean canBind(SaslContext context) {
    return channelBinding(context).length > 0;
  }

  private static byte[] channelBinding(SaslContext context) {
    X509Certificate certificate = context.serverCertificate();
    try {
      return certificate == null ? NOTHING : TlsServerEndpoint.getChannelBindingData(certificate);
    } catch (CertificateEncodingException noEncoding) {
      return NOTHING;
    }
  }

  /** Without the library's error as a cause: that one names the character. */
  private static char[] prepare(String password) {
    try {
      return StringPreparation.SASL_PREPARATION.normalize(password.toCharArray());
    } catch (IllegalArgumentException prohibited) {
      throw new IllegalArgumentException(
          "The password has a character that SCRAM does not allow (RFC 4013).");
    }
  }

  @Override
  public byte[] initialResponse() {
    return clientFirst;
  }

  @Override
  public Mono<byte[]> respond(byte[] challenge) {
    String message = new String(challenge, UTF_8);
    if (message.startsWith("e=") && state != State.FAILED) {
      state = State.FAILED;
      failure = message.substring(2);
      return Mono.just(NOTHING);
    }
    Mono<byte[]> response =
        switch (state) {
          case AWAITS_SALT ->
              Mono.fromCallable(() -> prove(message)).subscribeOn(Schedulers.boundedElastic());
          case AWAITS_SIGNATURE -> Mono.fromCallable(() -> verify(message));
          case PROVEN, FAILED -> SaslExchange.super.respond(challenge);
        };
    return response.onErrorMap(
        error -> !(error instanceof IllegalStateException), ScramExchange::outOfOrder);
  }

  private static IllegalStateException outOfOrder(Throwable error) {
    return new IllegalStateException(
        "The server does not keep to SCRAM: " + error.getMessage(), error);
  }

  private byte[] prove(String serverFirst) throws ScramException {
    int iterations = client.serverFirstMessage(serverFirst).getIterationCount();
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalStateException(
          "The server asks for %d iterations of the hash; %d to %d are taken."
              .formatted(iterations, MIN_ITERATIONS, MAX_ITERATIONS));
    }
    byte[] clientFinal = client.clientFinalMessage().toString().getBytes(UTF_8);
    state = State.AWAITS_SIGNATURE;
    return clientFinal;
  }

  private byte[] verify(String serverFinal) throws ScramException {
    client.serverFinalMessage(serverFinal);
    state = State.PROVEN;
    return NOTHING;
  }

  @Override
  public void accepted() {
    if (state != State.PROVEN) {
      throw new IllegalStateException(
          "The server accepted, but did not prove that it knows the password.");
    }
  }

  @Override
  public @Nullable String failure() {
    return failure;
  }
}
