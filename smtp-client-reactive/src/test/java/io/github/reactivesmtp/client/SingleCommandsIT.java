package io.github.reactivesmtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.testkit.SmtpServer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** VRFY, EXPN, HELP, NOOP and ETRN, each over a connection of its own. */
@Timeout(60)
class SingleCommandsIT {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private enum Command {
    NOOP("NOOP", null, 250),
    VRFY("VRFY ann", null, 252),
    EXPN("EXPN staff", "EXPN", 550),
    HELP("HELP", null, 214),
    HELP_MAIL("HELP MAIL", null, 214),
    ETRN("ETRN @example.org", "ETRN", 250);

    private final String line;
    private final String extension;
    private final int code;

    Command(String line, String extension, int code) {
      this.line = line;
      this.extension = extension;
      this.code = code;
    }

    SmtpReply ask(SmtpClient client) {
      return switch (this) {
        case NOOP -> client.noop().block(WAIT);
        case VRFY -> client.vrfy("ann").block(WAIT);
        case EXPN -> client.expn("staff").block(WAIT);
        case HELP -> client.help(null).block(WAIT);
        case HELP_MAIL -> client.help("MAIL").block(WAIT);
        case ETRN -> client.etrn("@example.org").block(WAIT);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSaidAndAnswered(Command command) {
    String[] offered = command.extension == null ? new String[0] : new String[] {command.extension};
    try (SmtpServer server = SmtpServer.builder().extensions(offered).start()) {
      SmtpClient client = client(server);
      assertThat(command.ask(client).code()).isEqualTo(command.code);
      assertThat(server.transcript())
          .containsExactly("C1: EHLO client.example", "C1: " + command.line, "C1: QUIT");
      client.disposeLater().block(WAIT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPN", "ETRN"})
  void isNotSaidWhereItIsNotOffered(Command command) {
    try (SmtpServer server = SmtpServer.builder().noExtensions().start()) {
      SmtpClient client = client(server);
      assertThatThrownBy(() -> command.ask(client))
          .isInstanceOf(SmtpException.class)
          .hasMessageContaining("does not offer " + command.extension);
      assertThat(server.transcript()).containsExactly("C1: EHLO client.example", "C1: QUIT");
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void aNameBeyondAsciiIsAskedForWhereTheServerKnowsSuch() {
    try (SmtpServer server = SmtpServer.builder().extensions("SMTPUTF8").start()) {
      SmtpClient client = client(server);
      client.vrfy("用户").block(WAIT);
      assertThat(server.transcript()).contains("C1: VRFY 用户 SMTPUTF8");
      client.disposeLater().block(WAIT);
    }
    try (SmtpServer server = SmtpServer.builder().noExtensions().start()) {
      SmtpClient client = client(server);
      assertThatThrownBy(() -> client.vrfy("用户").block(WAIT))
          .hasMessageContaining("does not offer SMTPUTF8");
      client.disposeLater().block(WAIT);
    }
  }

  @Test
  void aDisposedClientAsksNothing() {
    try (SmtpServer server = SmtpServer.start()) {
      SmtpClient client = client(server);
      client.disposeLater().block(WAIT);
      assertThat(Arrays.asList(Command.values()))
          .allSatisfy(
              command ->
                  assertThatThrownBy(() -> command.ask(client))
                      .hasMessageContaining("The client is disposed."));
      assertThat(server.connections()).isZero();
    }
  }

  private static SmtpClient client(SmtpServer server) {
    return SmtpClient.builder(server.host(), server.port())
        .tls(TlsMode.NONE)
        .helloName("client.example")
        .build();
  }
}
