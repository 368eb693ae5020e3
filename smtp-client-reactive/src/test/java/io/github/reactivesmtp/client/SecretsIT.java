package io.github.reactivesmtp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.testkit.SmtpServer;
import io.netty.handler.logging.LogLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.transport.logging.AdvancedByteBufFormat;

/**
 * Whatever is logged, secrets are not: a JVM of its own authenticates by each mechanism, rightly
 * and wrongly, with wiretap and every logger at its most talkative, and prints all it gets.
 */
@Timeout(120)
class SecretsIT {

  private static final String USER = "ann";
  private static final String PASSWORD = "pAssw0rd-of-ann";
  private static final String TOKEN = "t0ken-of-ann-and-nobody-else";

  /** The text column of a line of a hexadecimal dump. */
  private static final Pattern DUMPED =
      Pattern.compile("(?m)^\\|[0-9a-f]{8}\\|.{49}\\|(.{16})\\|$");

  @ParameterizedTest
  @CsvSource({"HEX_DUMP,true", "TEXTUAL,true", "HEX_DUMP,false", "TEXTUAL,false"})
  void noSecretIsLogged(AdvancedByteBufFormat format, boolean encrypted) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty("java.class.path"),
                Talker.class.getName(),
                format.name(),
                Boolean.toString(encrypted))
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();

    String all = output + undumped(output);
    // It does log: what is said before and after AUTH is there, and it did authenticate.
    assertThat(all).contains("EHLO talker.example", "MAIL FROM:<a@example.com>", "all done");
    for (String secret :
        List.of(
            PASSWORD,
            TOKEN,
            base64(PASSWORD),
            base64(TOKEN),
            base64("\0" + USER + "\0" + PASSWORD),
            // Inside something longer Base64 looks one of three ways, but for its ends.
            base64("xx" + PASSWORD).substring(4, 20),
            base64("x" + PASSWORD).substring(4, 20),
            base64("xx" + TOKEN).substring(4, 36),
            base64("x" + TOKEN).substring(4, 36),
            base64(TOKEN).substring(0, 36))) {
      assertThat(all.contains(secret)).as(secret).isFalse();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String undumped(String output) {
    return DUMPED
        .matcher(output)
        .results()
        .map((MatchResult line) -> line.group(1))
        .collect(Collectors.joining());
  }

  /** Runs in its own JVM. */
  static final class Talker {

    private static final Duration WAIT = Duration.ofSeconds(30);

    public static void main(String[] args) {
      AdvancedByteBufFormat format = AdvancedByteBufFormat.valueOf(args[0]);
      boolean encrypted = Boolean.parseBoolean(args[1]);
      for (String mechanism :
          List.of(
              "PLAIN",
              "LOGIN",
              "CRAM-MD5",
              "SCRAM-SHA-1",
              "SCRAM-SHA-256",
              "XOAUTH2",
              "OAUTHBEARER")) {
        boolean bearer = mechanism.endsWith("2") || mechanism.endsWith("BEARER");
        Supplier<Credentials> wrong =
            () ->
                bearer
                    ? Credentials.bearerToken("bob", Mono.just(TOKEN))
                    : Credentials.password("bob", PASSWORD);
        Supplier<Credentials> right =
            () ->
                bearer
                    ? Credentials.bearerToken(USER, Mono.just(TOKEN))
                    : Credentials.password(USER, PASSWORD);
        talk(mechanism, right.get().only(mechanism), format, encrypted);
        talk(mechanism, wrong.get().only(mechanism), format, encrypted);
      }
      System.out.println("all done");
    }

    private static void talk(
        String mechanism, Credentials credentials, AdvancedByteBufFormat format, boolean tls) {
      var builder = SmtpServer.builder().user(USER, PASSWORD).token(USER, TOKEN);
      builder.extensions("AUTH " + mechanism);
      if (tls) {
        builder.tls(TestCertificates.server(TestCertificates.good()));
      }
      try (SmtpServer server = builder.start()) {
        SmtpClient client =
            SmtpClient.builder(server.host(), server.port())
                .helloName("talker.example")
                .tls(tls ? TlsMode.REQUIRED : TlsMode.NONE)
                .tls(options -> options.trust(TestCertificates.AUTHORITY.getCertificate()))
                .allowCleartextAuth()
                .credentials(credentials)
                .observer(event -> System.out.println(event))
                .transport(tcp -> tcp.wiretap("wire", LogLevel.DEBUG, format))
                .build();
        System.out.println(credentials);
        try {
          Envelope envelope =
              Envelope.builder()
                  .from("a@example.com")
                  .to("b@example.org")
                  .body(MessageBody.text("Subject: x\r\n\r\nx\r\n"))
                  .build();
          System.out.println(client.send(envelope).block(WAIT));
        } catch (SmtpException e) {
          e.printStackTrace(System.out);
        }
        client.disposeLater().block(WAIT);
        server.transcript().forEach(System.out::println);
      }
    }
  }
}
