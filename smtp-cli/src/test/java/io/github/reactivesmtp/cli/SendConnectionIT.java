package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways by which {@code smtp send} reaches a server. */
@Timeout(60)
class SendConnectionIT {

  private static final String SECRET = "correct horse";
  private static final String TOKEN = "an-access-token";

  @TempDir private Path folder;
  private String ca = "";
  private String secret = "";

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("a.eml"), "From: a@x.de\r\nTo: b@x.de\r\n\r\nHello\r\n");
    ca = " --ca " + Certificates.authority(folder);
    secret = Secrets.write(folder, SECRET).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --auth PLAIN", " --auth login,cram-md5"})
  void byStartTlsAndPassword(String mechanisms) {
    try (SmtpServer server = submission().tls(context()).start()) {
      Run run =
          send(
              "localhost:"
                  + server.port()
                  + ca
                  + mechanisms
                  + " --user ann --password-file "
                  + secret);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages()).hasSize(1);
      assertThat(server.tlsConnections()).isEqualTo(1);
    }
  }

  @Test
  void byImplicitTlsAndToken() throws IOException {
    try (SmtpServer server = submission().implicitTls(context()).start()) {
      Path token = Secrets.write(folder, TOKEN);
      Run run =
          send("smtps://localhost:" + server.port() + ca + " --user ann --token-file " + token);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void byClientCertificate() throws IOException {
    X509Bundle client = Certificates.client(Algorithm.ecp256);
    Path certificate =
        Files.writeString(folder.resolve("client.pem"), client.getCertificatePathPEM());
    Path key = Files.writeString(folder.resolve("key.pem"), client.getPrivateKeyPEM());
    try (SmtpServer server = submission().tls(context()).start()) {
      Run run =
          send(
              "localhost:"
                  + server.port()
                  + ca
                  + " --auth EXTERNAL --client-cert "
                  + certificate
                  + " --client-key "
                  + key);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void byLmtp() {
    try (SmtpServer server = SmtpServer.start()) {
      byLmtp(server, "lmtp://127.0.0.1:" + server.port() + " --tls none");
    }
  }

  @Test
  void byLmtpOverASocket() {
    Path socket = folder.resolve("lmtp");
    try (SmtpServer server = SmtpServer.builder().unixSocket(socket).start()) {
      byLmtp(server, "lmtp://" + socket);
    }
  }

  private void byLmtp(SmtpServer server, String address) {
    Run run = send(address);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(server.messages()).hasSize(1);
    assertThat(server.transcript()).anyMatch(line -> line.contains("LHLO"));
  }

  @Test
  void byTheNextServer() throws IOException {
    try (SmtpServer server = SmtpServer.start()) {
      Run run = send("127.0.0.1:" + closedPort() + ",127.0.0.1:" + server.port() + " --tls none");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void byAProxyOrNotAtAll() throws IOException {
    int proxy = closedPort();
    try (SmtpServer server = SmtpServer.start()) {
      Run run =
          send("127.0.0.1:" + server.port() + " --tls none --proxy socks5://127.0.0.1:" + proxy);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("127.0.0.1:" + proxy);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void notFromAnotherAddressThanSaid() {
    try (SmtpServer server = SmtpServer.start()) {
      // Of no host (RFC 5737), so this one cannot take it.
      Run run = send("127.0.0.1:" + server.port() + " --tls none --source 192.0.2.1");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void notToAServerThatKeepsSilentTooLong() {
    SmtpScript script = SmtpScript.builder().on(Phase.CONNECT).hang().build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      Run run = send("127.0.0.1:" + server.port() + " --timeout-greeting 0.1 --max-attempts 1");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("greeting");
    }
  }

  @Test
  void notInTheClearUnlessSaid() {
    try (SmtpServer server = SmtpServer.start()) {
      Run run = send("127.0.0.1:" + server.port());
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err())
          .contains("offers no STARTTLS", "--tls opportunistic or --tls none would send in the")
          .contains("\"smtp check\" with the same options shows more.")
          .containsOnlyOnce("Nothing was sent");
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void notToWhomNobodyVouchesFor() {
    try (SmtpServer server = submission().tls(context()).start()) {
      Run run = send("localhost:" + server.port() + " --user ann --password-file " + secret);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("comes from no authority that is trusted", "--ca FILE");
      assertThat(server.transcript()).noneMatch(line -> line.contains("AUTH "));
    }
  }

  @Test
  void notWithAWrongPassword() throws IOException {
    try (SmtpServer server = submission().tls(context()).start()) {
      Run run =
          send(
              "localhost:"
                  + server.port()
                  + ca
                  + " --user ann --password-file "
                  + Secrets.write(folder, "staple"));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("535", "--password-file").doesNotContain("staple");
      assertThat(server.messages()).isEmpty();
    }
  }

  /** MAILMAX makes it connect again, and then the server takes the password no more. */
  @Test
  void whatNoConnectionWasForIsNotInDoubt() throws IOException {
    Files.copy(folder.resolve("a.eml"), folder.resolve("b.eml"));
    SmtpScript script =
        SmtpScript.builder().on(Phase.AUTH).nthInTotal(2).reply(535, "5.7.8 no more").build();
    try (SmtpServer server =
        SmtpServer.builder()
            .extensions("AUTH PLAIN", "LIMITS MAILMAX=1")
            .user("ann", SECRET)
            .script(script)
            .start()) {
      Run run =
          send(
              "127.0.0.1:"
                  + server.port()
                  + " --tls none --allow-cleartext-auth --connections 1 --results -"
                  + " --user ann --password-file "
                  + secret);
      assertThat(server.messages()).hasSize(1);
      assertThat(run.out())
          .contains("\"outcome\":\"ACCEPTED\"", "\"outcome\":\"NOT_SENT\"")
          .doesNotContain("UNKNOWN");
    }
  }

  @Test
  void whatNobodyGotWasNotAcceptedForSome() {
    SmtpScript script =
        SmtpScript.builder()
            .on(Phase.RCPT)
            .nthInTotal(1)
            .reply(550, "5.1.1 no")
            .on(Phase.RCPT)
            .nthInTotal(2)
            .reply(450, "4.2.0 later")
            .build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      Run run = send("127.0.0.1:" + server.port() + " --tls none --to b@x.de,c@x.de");
      assertThat(server.messages()).isEmpty();
      assertThat(run.err() + run.out()).contains("accepted for no recipient", "550", "450");
    }
  }

  private Run send(String serverAndMore) {
    return Run.smtp(("send " + folder + " --server " + serverAndMore).split(" "));
  }

  private static SmtpServerBuilder submission() {
    return SmtpServer.builder()
        .extensionsInClear("PIPELINING")
        .extensions(
            "PIPELINING",
            "CHUNKING",
            "AUTH SCRAM-SHA-256 CRAM-MD5 LOGIN PLAIN XOAUTH2 OAUTHBEARER EXTERNAL")
        .user("ann", SECRET)
        .token("ann", TOKEN);
  }

  private static SslContext context() {
    return Certificates.context(Certificates.server(Instant.now().plus(Duration.ofDays(1))));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
