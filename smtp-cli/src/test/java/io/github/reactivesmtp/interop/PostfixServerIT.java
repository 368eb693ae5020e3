package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Postfix really answers, by hand: the ground that tests of the client against it stand on.
 */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixServerIT {

  private static final String[] ALWAYS_OFFERED = {
    "PIPELINING", "VRFY", "ETRN", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8"
  };

  private final PostfixServer postfix;

  PostfixServerIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, SIZE CHUNKING",
    "WITHOUT_CHUNKING, SIZE",
    "LIMITED, SIZE 100000 CHUNKING",
    "STARTTLS, SIZE CHUNKING STARTTLS",
    "STARTTLS_REQUIRED, SIZE CHUNKING STARTTLS",
  })
  void offersInClear(PostfixService service, String offered) throws IOException {
    try (RawSession session = connect(service)) {
      assertThat(offers(session)).contains(ALWAYS_OFFERED);
      assertThat(String.join(" ", others(session)).split(" "))
          .containsExactlyInAnyOrder(offered.split(" "));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "STARTTLS_REQUIRED"})
  void offersAfterStartTls(PostfixService service) throws IOException {
    try (RawSession session = connect(service)) {
      session.command("EHLO client.example.test");
      session.startTls(postfix.certificates().sslContext());

      assertThat(others(session)).containsExactlyInAnyOrder("SIZE", "CHUNKING");
      assertThat(session.command("STARTTLS"))
          .containsExactly("554 5.5.1 Error: TLS already active");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void certificateIsRightForTheNamesOfTheHost(String host) throws IOException {
    try (RawSession session =
        RawSession.connect(
            host, postfix.port(PostfixService.IMPLICIT_TLS), postfix.certificates().sslContext())) {
      assertThat(others(session)).containsExactlyInAnyOrder("SIZE", "CHUNKING");
    }
  }

  @Test
  void takesNoMailBeforeTlsWhereItIsRequired() throws IOException {
    try (RawSession session = connect(PostfixService.STARTTLS_REQUIRED)) {
      session.command("EHLO client.example.test");

      assertThat(session.command("MAIL FROM:<s@example.test>"))
          .containsExactly("530 5.7.0 Must issue a STARTTLS command first");
    }
  }

  /** What is refused for the state of the session is not looked at: its octets are commands. */
  @Test
  void refusesAChunkBeforeTlsWithoutReadingIt() throws IOException {
    try (RawSession session = connect(PostfixService.STARTTLS_REQUIRED)) {
      session.command("EHLO client.example.test");
      session.send("BDAT 6 LAST\r\nNOOP\r\n");

      assertThat(session.reply()).containsExactly("530 5.7.0 Must issue a STARTTLS command first");
      assertThat(session.reply()).containsExactly("250 2.0.0 Ok");
    }
  }

  @Test
  void knowsNoStartTlsWhereItIsNotOffered() throws IOException {
    try (RawSession session = connect(PostfixService.PLAIN)) {
      session.command("EHLO client.example.test");

      assertThat(session.command("STARTTLS"))
          .containsExactly("502 5.5.1 Error: command not implemented");
    }
  }

  @Test
  void refusesRecipientsPastTheLimitForNow() throws IOException {
    try (RawSession session = connect(PostfixService.LIMITED)) {
      session.command("EHLO client.example.test");
      session.command("MAIL FROM:<s@example.test>");
      for (int i = 1; i <= 5; i++) {
        assertThat(session.command("RCPT TO:<limited" + i + "@example.test>"))
            .containsExactly("250 2.1.5 Ok");
      }
      assertThat(session.command("RCPT TO:<limited6@example.test>"))
          .containsExactly("452 4.5.3 Error: too many recipients");

      session.command("DATA");
      session.send("Subject: five\r\n\r\nText\r\n");
      assertThat(session.command(".").get(0)).startsWith("250 2.0.0 Ok: queued as ");
    }
    assertThat(postfix.takeMessages(5))
        .extracting(DeliveredMessage::recipient)
        .containsExactlyInAnyOrder(
            "limited1@example.test",
            "limited2@example.test",
            "limited3@example.test",
            "limited4@example.test",
            "limited5@example.test");
  }

  /** A size once refused is remembered, against a MAIL that says none, until RSET. */
  @Test
  void refusesASizePastTheLimitUntilReset() throws IOException {
    List<String> tooBig = List.of("552 5.3.4 Message size exceeds fixed limit");
    try (RawSession session = connect(PostfixService.LIMITED)) {
      session.command("EHLO client.example.test");

      assertThat(session.command("MAIL FROM:<s@example.test> SIZE=100001")).isEqualTo(tooBig);
      assertThat(session.command("MAIL FROM:<s@example.test>")).isEqualTo(tooBig);
      session.command("RSET");
      assertThat(session.command("MAIL FROM:<s@example.test>")).containsExactly("250 2.1.0 Ok");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DATA, 552 5.3.4 Error: message file too big",
    "BDAT 110000 LAST, 552 5.3.4 Chunk exceeds message size limit"
  })
  void refusesContentPastTheLimit(String command, String reply) throws IOException {
    String content = ("x".repeat(98) + "\r\n").repeat(1100);
    try (RawSession session = connect(PostfixService.LIMITED)) {
      session.command("EHLO client.example.test");
      session.command("MAIL FROM:<s@example.test>");
      session.command("RCPT TO:<a@example.test>");
      if (command.equals("DATA")) {
        session.command(command);
        session.send(content + ".\r\n");
      } else {
        session.send(command + "\r\n" + content);
      }

      assertThat(session.reply()).containsExactly(reply);
    }
  }

  @Test
  void answersByTheRecipientsName() throws IOException {
    try (RawSession session = connect(PostfixService.PLAIN)) {
      session.command("EHLO client.example.test");
      session.command("MAIL FROM:<s@example.test>");

      assertThat(session.command("RCPT TO:<refused@example.test>").get(0)).startsWith("550 5.1.1 ");
      assertThat(session.command("RCPT TO:<later@example.test>").get(0)).startsWith("450 4.2.1 ");
    }
  }

  private RawSession connect(PostfixService service) throws IOException {
    return RawSession.connect("127.0.0.1", postfix.port(service));
  }

  private static List<String> offers(RawSession session) throws IOException {
    return session.command("EHLO client.example.test").stream()
        .skip(1)
        .map(line -> line.substring(4))
        .toList();
  }

  private static List<String> others(RawSession session) throws IOException {
    return offers(session).stream()
        .filter(offer -> !List.of(ALWAYS_OFFERED).contains(offer))
        .toList();
  }
}
