package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.Phase;
import io.github.reactivesmtp.testkit.SmtpScript;
import io.github.reactivesmtp.testkit.SmtpServer;
import io.github.reactivesmtp.testkit.SmtpServerBuilder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckCommandIT {

  private static final String PASSWORD = "correct horse";

  @TempDir private Path folder;
  private String ca = "";
  private String login = "";

  @BeforeEach
  void files() throws IOException {
    ca = " --ca " + Certificates.authority(folder);
    login = " --user ann --password-file " + Secrets.write(folder, PASSWORD);
  }

  @Test
  void aGoodServer() {
    try (SmtpServer server = submission(context(Duration.ofDays(100))).start()) {
      Run run = check("localhost:" + server.port() + ca + login);

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .startsWith("localhost:" + server.port() + "\n")
          .contains("  address       127.0.0.1:" + server.port() + "\n")
          .contains("  greeting      220 testkit.example")
          .containsPattern("  TLS           TLSv1.3, TLS_\\w+, by STARTTLS\n")
          .contains("  certificate   for localhost, 127.0.0.1\n")
          .contains("by CN=Test authority\n", ", 99 days left\n", "  good\n")
          .contains("  auth          none before TLS\n", " SCRAM-SHA-256, PLAIN over TLS\n")
          .contains("  STARTTLS    encryption from here on (RFC 3207); before TLS only\n")
          .contains("good          Connecting works, encrypted and to the right server.\n")
          .contains("good          Authentication works, by SCRAM-SHA-256.\n")
          .doesNotContain("bad ", "note ", PASSWORD);
      // The first connection only looks.
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.transcript(1)).noneMatch(line -> line.contains("AUTH"));
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void jsonOfAGoodServer() {
    try (SmtpServer server = submission(context(Duration.ofDays(100))).start()) {
      Run run = check("localhost:" + server.port() + " --json" + ca + login);

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out().lines()).hasSize(1);
      assertThat(run.out())
          .contains("\"verified\":true,\"problem\":null,\"certificates\":[{\"subject\":")
          .contains("\"over_tls\":[\"SCRAM-SHA-256\",\"PLAIN\"],\"worked_by\":\"SCRAM-SHA-256\"")
          .contains("\"ok\":true");
    }
  }

  @Test
  void aCertificateNobodyVouchesForIsShownAndRefused() {
    try (SmtpServer server = submission(context(Duration.ofDays(100))).start()) {
      Run run = check("localhost:" + server.port() + login);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("by CN=Test authority\n", "not good: its certificate comes from no authority")
          .contains("over TLS\n", "bad           Mail cannot be sent like this.", "--ca FILE");
      assertThat(server.transcript()).noneMatch(line -> line.contains("AUTH "));
    }
  }

  @Test
  void anExpiredCertificateIsShownAndRefused() {
    try (SmtpServer server =
        SmtpServer.builder().implicitTls(context(Duration.ofDays(-5))).start()) {
      Run run = check("smtps://localhost:" + server.port() + ca);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains(", from the first octet\n", ", expired\n", "not good: its certificate expired")
          .contains("have the certificate renewed");
    }
  }

  @Test
  void certificatesAreLookedAwayFromOnlyWithAWarning() {
    try (SmtpServer server =
        SmtpServer.builder().implicitTls(context(Duration.ofDays(5))).start()) {
      Run run = check("smtps://localhost:" + server.port() + " --insecure-skip-verify");

      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).startsWith("smtp: warning: --insecure-skip-verify").hasLineCount(1);
      assertThat(run.out())
          .contains("not good: ", "expires in 4 days", "anyone on the way could be the server");
    }
  }

  @Test
  void aServerWithoutTls() {
    try (SmtpServer server = SmtpServer.start()) {
      Run run = check("127.0.0.1:" + server.port());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("  TLS           none\n", "offers no STARTTLS", "--tls opportunistic");

      run = check("--server 127.0.0.1:" + server.port() + " --tls opportunistic");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("good          Connecting works, in the clear.\n");
    }
  }

  @Test
  void aWrongPassword() throws IOException {
    try (SmtpServer server = submission(context(Duration.ofDays(100))).start()) {
      Path wrong = Secrets.write(folder, "staple");
      Run run = check("localhost:" + server.port() + ca + " --user ann --password-file " + wrong);

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("bad           Mail cannot be sent like this.", "535", "--password-file")
          .doesNotContain("staple", "Authentication works");
    }
  }

  @Test
  void aServerThatTakesNobody() {
    SmtpScript script =
        SmtpScript.builder().on(Phase.CONNECT).reply(554, "5.7.1 go\u001B[31maway").build();
    try (SmtpServer server = SmtpServer.builder().script(script).start()) {
      Run run = check("127.0.0.1:" + server.port());
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("  greeting      554 5.7.1 go\\u001b[31maway\n");
    }
  }

  @Test
  void aSocketThatSpeaksLmtp() {
    Path socket = folder.resolve("lmtp");
    try (SmtpServer server = SmtpServer.builder().unixSocket(socket).start()) {
      Run run = check("lmtp://" + socket);
      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).startsWith("lmtp://" + socket + "\n");
      assertThat(server.transcript()).anyMatch(line -> line.contains("LHLO"));
    }
  }

  @Test
  void noServer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Run page = check("127.0.0.1:" + port);
    assertThat(page.exitCode()).isEqualTo(2);
    assertThat(page.out()).isEmpty();
    assertThat(page.err()).contains("Connection refused", "Check that 127.0.0.1:" + port);

    Run json = check("127.0.0.1:" + port + " --json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.out()).contains("\"address\":null", "\"ok\":false", "Connection refused");
  }

  private static SmtpServerBuilder submission(SslContext context) {
    return SmtpServer.builder()
        .tls(context)
        .extensionsInClear("PIPELINING", "SIZE 1000")
        .extensions("PIPELINING", "SIZE 2000", "AUTH SCRAM-SHA-256 PLAIN")
        .user("ann", PASSWORD);
  }

  private static SslContext context(Duration left) {
    return Certificates.context(Certificates.server(Instant.now().plus(left)));
  }

  private static Run check(String arguments) {
    return Run.smtp(
        Stream.concat(Stream.of("check"), Stream.of(arguments.split(" "))).toArray(String[]::new));
  }
}
