package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an observer hears. */
@Timeout(60)
class ConnectionEventsIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void tellsOfALifeInOrder() {
    try (SmtpServer server =
        SmtpServer.builder()
            .tls(TestCertificates.server(TestCertificates.good()))
            .user("ann", "secret")
            .extensionsInClear("SIZE")
            .extensions("SIZE", "AUTH PLAIN")
            .start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(tls -> tls.trust(TestCertificates.AUTHORITY.getCertificate()))
              .credentials(Credentials.password("ann", "secret"))
              .observer(events::add)
              .build();
      client.noop().block(WAIT);
      client.disposeLater().block(WAIT);
      assertThat(names())
          .containsExactly(
              "Connected",
              "Greeted",
              "Offered",
              "Secured",
              "Offered",
              "Authenticated",
              "Offered",
              "Ready",
              "Closed");
      assertThat(events)
          .allMatch(event -> event.connection().number() == 1)
          .allMatch(event -> event.connection().server().equals("127.0.0.1:" + server.port()));
      assertThat(events)
          .filteredOn(ConnectionEvent.Offered.class::isInstance)
          .extracting(event -> ((ConnectionEvent.Offered) event).capabilities().supports("AUTH"))
          .containsExactly(false, true, true);
    }
  }

  @Test
  void tellsWhyNothingCameAbout() {
    SmtpScript script = SmtpScript.builder().on(Phase.CONNECT).reply(554, "no").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      SmtpClient client = client(server, events::add);
      assertThat(client.send(TestMail.message()).block(WAIT).outcome()).isEqualTo(Outcome.NOT_SENT);
      client.disposeLater().block(WAIT);
      assertThat(names()).containsExactly("Connected", "Greeted", "Failed");
      assertThat(((ConnectionEvent.Failed) events.get(2)).cause())
          .hasMessageContaining("takes no mail: 554 no");
    }
  }

  @Test
  void aGoodbyeAfterAuthenticationIsNoReadiness() {
    SmtpScript script = SmtpScript.builder().on(Phase.EHLO).nth(2).reply(421, "bye").build();
    try (SmtpServer server =
        SmtpServer.builder()
            .user("ann", "secret")
            .extensions("AUTH PLAIN")
            .script(script)
            .start()) {
      SmtpClient client =
          SmtpClient.builder(server.host(), server.port())
              .tls(TlsMode.NONE)
              .allowCleartextAuth()
              .credentials(Credentials.password("ann", "secret"))
              .maxAttempts(1)
              .observer(events::add)
              .build();
      assertThat(client.send(TestMail.message()).block(WAIT).outcome()).isEqualTo(Outcome.NOT_SENT);
      client.disposeLater().block(WAIT);
      assertThat(names()).endsWith("Authenticated", "Failed");
    }
  }

  @Test
  void anObserverThatFailsChangesNothing() {
    SmtpObserver faulty =
        event -> {
          events.add(event);
          throw new IllegalStateException("observer");
        };
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server, faulty);
      assertThat(client.send(TestMail.message()).block(WAIT).isAccepted()).isTrue();
      client.disposeLater().block(WAIT);
      assertThat(names()).containsExactly("Connected", "Greeted", "Offered", "Ready", "Closed");
    }
  }

  private List<String> names() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  private static SmtpClient client(SmtpServer server, SmtpObserver observer) {
    return SmtpClient.builder(server.host(), server.port())
        .tls(TlsMode.NONE)
        .maxAttempts(1)
        .observer(observer)
        .build();
  }
}
