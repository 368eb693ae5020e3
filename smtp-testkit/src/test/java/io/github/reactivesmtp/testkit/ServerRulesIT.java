package io.github.reactivesmtp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server without a script answers (RFC 5321, 3030, 2033). */
@Timeout(60)
class ServerRulesIT {

  private static SmtpServer server;
  private static SmtpServer bare;
  private static SmtpServer rich;

  @BeforeAll
  static void start() {
    server = SmtpServer.start();
    rich =
        SmtpServer.builder()
            .extensions(
                "SIZE",
                "8BITMIME",
                "BINARYMIME",
                "CHUNKING",
                "SMTPUTF8",
                "DSN",
                "AUTH PLAIN",
                "REQUIRETLS",
                "DELIVERBY",
                "MT-PRIORITY",
                "FUTURERELEASE 86400 2030-01-01T00:00:00Z",
                "LIMITS MAILMAX=3 RCPTMAX=2 RCPTDOMAINMAX=2")
            .start();
    bare = SmtpServer.builder().noExtensions().maxMessageOctets(20).maxRecipients(2).start();
  }

  @AfterAll
  static void stop() {
    server.close();
    bare.close();
    rich.close();
  }

  /** Command lines separated by |, and the replies; all sent in one write. */
  @ParameterizedTest
  @CsvSource({
    "MAIL FROM:<a@b>,                                        503",
    "RCPT TO:<c@d>,                                          503",
    "EHLO x|RCPT TO:<c@d>,                                   250 503",
    "EHLO x|DATA,                                            250 503",
    "EHLO x|MAIL FROM:<a@b>|MAIL FROM:<a@b>,                 250 250 503",
    "EHLO x|MAIL FROM:<a@b>|DATA,                            250 250 554",
    "EHLO x|MAIL FROM:<a@b>|EHLO x|RCPT TO:<c@d>,            250 250 250 503",
    "EHLO x|MAIL FROM:<a@b>|RSET|MAIL FROM:<a@b>,            250 250 250 250",
    "EHLO x|MAIL FROM:<a@b>|RSET|RCPT TO:<c@d>,              250 250 250 503",
    "HELO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|DATA|.,            250 250 250 354 250",
    "HELO x|MAIL FROM:<a@b> SIZE=1,                          250 555",
    "EHLO x|MAIL FROM:<a@b> SIZE=104857600,                  250 250",
    "EHLO x|MAIL FROM:<a@b> SIZE=104857601,                  250 552",
    "EHLO x|MAIL FROM:<a@b> BODY=BINARYMIME,                 250 555",
    "EHLO x|MAIL FROM:<a@b> REQUIRETLS,                      250 555",
    "EHLO x|MAIL FROM:<a@b> X-OWN=1,                         250 555",
    "EHLO x|MAIL FROM:<ü@b>,                                 250 553",
    "EHLO x|MAIL FROM:<ü@b> SMTPUTF8|RCPT TO:<ö@d>,          250 250 250",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<ö@d>,                   250 250 553",
    "EHLO x|MAIL FROM:<a@b> RET=HDRS|RCPT TO:<c@d> NOTIFY=SUCCESS, 250 250 250",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d> X-OWN,             250 250 555",
    "EHLO x|MAIL FROM:a@b,                                   250 501",
    "EHLO,                                                   501",
    "WHAT,                                                   500",
    "NOOP|NOOP x|VRFY a|HELP|RSET,                           250 250 252 214 250",
    "EXPN list,                                              502",
    "ETRN x,                                                 502",
    "EHLO x|STARTTLS,                                        250 502",
    "EHLO x|AUTH PLAIN AGEAYg==,                             250 502",
    "EHLO x|BDAT 0 LAST,                                     250 503",
    "EHLO x|MAIL FROM:<a@b>|BDAT 0 LAST,                     250 250 554",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|BDAT 0 LAST,       250 250 250 250",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|BDAT 0|BDAT 0 LAST|NOOP, 250 250 250 250 250 250",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|BDAT 0|DATA,       250 250 250 250 503",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|BDAT 0|RCPT TO:<c@d>, 250 250 250 250 503",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|BDAT 0|RSET|BDAT 0 LAST, 250 250 250 250 250 503",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|DATA|.|RCPT TO:<c@d>, 250 250 250 354 250 503",
    "LHLO x|MAIL FROM:<a@b>|DATA,                            250 250 503",
    "LHLO x|MAIL FROM:<a@b>|BDAT 0 LAST|NOOP,                250 250 503 250",
    "LHLO x|MAIL FROM:<a@b>|RCPT TO:<ö@d>|DATA,              250 250 553 503",
    "LHLO x|RCPT TO:<c@d>,                                   250 503",
  })
  void answersInTheRightOrder(String lines, String codes) throws IOException {
    assertThat(replies(server, lines)).isEqualTo(codes);
  }

  @ParameterizedTest
  @CsvSource({
    "EHLO x|BDAT 0 LAST,                                     250 502",
    "EHLO x|MAIL FROM:<a@b> SIZE=1,                          250 555",
    "EHLO x|MAIL FROM:<a@b> BODY=8BITMIME,                   250 555",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d> NOTIFY=NEVER,      250 250 555",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|RCPT TO:<c@d>|RCPT TO:<c@d>, 250 250 250 250 452",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|DATA|123456789012345678|., 250 250 250 354 250",
    "EHLO x|MAIL FROM:<a@b>|RCPT TO:<c@d>|DATA|1234567890123456789|.|NOOP, 250 250 250 354 552 250",
  })
  void refusesWhatItDoesNotOffer(String lines, String codes) throws IOException {
    assertThat(replies(bare, lines)).isEqualTo(codes);
  }

  /** A parameter, accepted where its extension is offered and refused where it is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b> SIZE=1",
        "MAIL FROM:<a@b> BODY=7BIT",
        "MAIL FROM:<a@b> BODY=8BITMIME",
        "MAIL FROM:<a@b> BODY=BINARYMIME",
        "MAIL FROM:<a@b> SMTPUTF8",
        "MAIL FROM:<a@b> RET=FULL",
        "MAIL FROM:<a@b> ENVID=QQ314159",
        "MAIL FROM:<a@b> AUTH=<>",
        "MAIL FROM:<a@b> AUTH=e+3Dmc2@example.com",
        "MAIL FROM:<a@b> REQUIRETLS",
        "MAIL FROM:<a@b> BY=120;R",
        "MAIL FROM:<a@b> MT-PRIORITY=-3",
        "MAIL FROM:<a@b> HOLDFOR=60",
        "MAIL FROM:<a@b> HOLDUNTIL=2029-12-31T00:00:00Z",
        "MAIL FROM:<a@b> mt-priority=3 holdfor=1 requiretls ret=hdrs",
        "MAIL FROM:<a@b>|RCPT TO:<c@d> NOTIFY=SUCCESS,DELAY",
        "MAIL FROM:<a@b>|RCPT TO:<c@d> ORCPT=rfc822;x@y",
      })
  void takesParametersOfWhatItOffers(String lines) throws IOException {
    assertThat(replies(rich, "EHLO x|" + lines)).endsWith(" 250");
    assertThat(replies(bare, "EHLO x|" + lines)).endsWith(" 555");
  }

  @ParameterizedTest
  @CsvSource({
    "BODY=BINARYMIME, DATA,         503",
    "BODY=BINARYMIME, BDAT 0 LAST,  250",
    "BODY=8BITMIME,   DATA|.,       354 250",
  })
  void takesBinaryContentInChunksOnly(String parameter, String content, String codes)
      throws IOException {
    assertThat(replies(rich, "EHLO x|MAIL FROM:<a@b> " + parameter + "|RCPT TO:<c@d>|" + content))
        .isEqualTo("250 250 250 " + codes);
  }

  @Test
  void knowsBinaryContentWithoutEightBitLines() throws IOException {
    try (SmtpServer binary = SmtpServer.builder().extensions("CHUNKING", "BINARYMIME").start()) {
      assertThat(replies(binary, "EHLO x|MAIL FROM:<a@b> BODY=BINARYMIME")).isEqualTo("250 250");
      assertThat(replies(binary, "EHLO x|MAIL FROM:<a@b> BODY=8BITMIME")).isEqualTo("250 555");
    }
  }

  /** RFC 9422: three messages and two recipient domains a session, two recipients a message. */
  @ParameterizedTest
  @CsvSource({
    "MAIL FROM:<a@b>|RSET|MAIL FROM:<a@b>|RSET|MAIL FROM:<a@b>|RSET|MAIL FROM:<a@b>, "
        + "250 250 250 250 250 250 452",
    "MAIL FROM:<a@b> X-OWN|MAIL FROM:<a@b>|MAIL FROM:<a@b>|MAIL FROM:<a@b>, 555 250 503 452",
    "MAIL FROM:<a@b>|EHLO x|MAIL FROM:<a@b>|EHLO x|MAIL FROM:<a@b>|EHLO x|MAIL FROM:<a@b>, "
        + "250 250 250 250 250 250 452",
    "MAIL FROM:<a@b>|RCPT TO:<c@d>|RCPT TO:<e@d>|RCPT TO:<f@d>|DATA|., 250 250 250 452 354 250",
    "MAIL FROM:<a@b>|RCPT TO:<c@d> X-OWN|RCPT TO:<e@d>|RCPT TO:<f@d>|RCPT TO:<g@d>, "
        + "250 555 250 250 452",
    "MAIL FROM:<a@b>|RCPT TO:<c@d>|RCPT TO:<c@e>|RSET|MAIL FROM:<a@b>|RCPT TO:<c@f>|RCPT TO:<c@D>, "
        + "250 250 250 250 250 452 250",
  })
  void keepsToTheLimitsItStates(String lines, String codes) throws IOException {
    assertThat(replies(rich, "EHLO x|" + lines)).isEqualTo("250 " + codes);
  }

  private static String replies(SmtpServer server, String lines) throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(lines.replace("|", "\r\n") + "\r\nQUIT\r\n");
      String replies =
          client
              .rest()
              .lines()
              .filter(line -> line.charAt(3) == ' ')
              .map(line -> line.substring(0, 3))
              .reduce("", (a, b) -> a + " " + b);
      assertThat(replies).startsWith(" 220 ").endsWith(" 221");
      return replies.substring(" 220 ".length(), replies.length() - " 221".length());
    }
  }

  @Test
  void addsEnhancedStatusOnlyWhereOffered() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.code();
      assertThat(client.send("NOOP\r\n").reply()).isEqualTo("250 Ok");
      client.ask("EHLO x");
      assertThat(client.send("NOOP\r\n").reply()).isEqualTo("250 2.0.0 Ok");
      client.ask("HELO x");
      assertThat(client.send("NOOP\r\n").reply()).isEqualTo("250 Ok");
    }
  }

  /** Octets announced by BDAT are content whatever the server thinks of the command. */
  @ParameterizedTest
  @ValueSource(strings = {"RSET\r\n", "RSET\r\nMAIL FROM:<a@b>\r\n", "RSET\r\nRCPT TO:<c@d>\r\n"})
  void readsTheOctetsOfARefusedChunk(String before) throws IOException {
    try (RawClient client = RawClient.greeted(server)) {
      client.send(before);
      client.codes((int) before.lines().count());
      client.send("BDAT 14\r\nQUIT\r\nQUIT\r\n\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
      List<Integer> refused = client.codes(2);
      assertThat(refused).allMatch(code -> code == 503 || code == 554);
      assertThat(client.code()).isEqualTo(250);
    }
  }

  @Test
  void refusesAContentTooLargeByChunks() throws IOException {
    try (SmtpServer small = SmtpServer.builder().extensions("CHUNKING", "SIZE 10").start();
        RawClient client = RawClient.greeted(small)) {
      client.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n");
      client.codes(2);
      client.send("BDAT 8\r\n12345678BDAT 3\r\n901BDAT 1 LAST\r\n2");
      assertThat(client.codes(3)).containsExactly(250, 552, 503);
      assertThat(client.ask("RSET")).isEqualTo(250);
      client.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nBDAT 10 LAST\r\n1234567890");
      assertThat(client.codes(3)).containsExactly(250, 250, 250);
      assertThat(small.messages())
          .singleElement()
          .extracting(ReceivedMessage::text)
          .isEqualTo("1234567890");
    }
  }

  @Test
  void answersForEachRecipientOverLmtp() throws IOException {
    try (SmtpServer lmtp = SmtpServer.start();
        RawClient client = RawClient.connect(lmtp)) {
      client.send("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n");
      assertThat(client.codes(6)).containsExactly(220, 250, 250, 250, 250, 354);
      client.send("x\r\n.\r\n");
      assertThat(client.codes(2)).containsExactly(250, 250);
      client.send(
          "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nBDAT 1\r\nxBDAT 0 LAST\r\n");
      assertThat(client.codes(6)).containsExactly(250, 250, 250, 250, 250, 250);
      assertThat(client.ask("NOOP")).isEqualTo(250);
      assertThat(lmtp.messages()).hasSize(2);
    }
  }

  /** Only CRLF.CRLF ends the content (RFC 5321 §4.1.1.4); a lone LF or CR is a smuggler's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\n.\r",
        "\r.\n",
        "\r\n\0.\r\n"
      })
  void takesNoOtherEndOfContent(String almost) throws IOException {
    String smuggled = "MAIL FROM:<evil@x>\r\nRCPT TO:<c@d>\r\nDATA\r\nsmuggled";
    try (SmtpServer strict = SmtpServer.start();
        RawClient client = RawClient.greeted(strict)) {
      client.send("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n");
      client.codes(3);
      client.send("first" + almost + smuggled + "\r\n.\r\nQUIT\r\n");
      assertThat(client.codes(2)).containsExactly(250, 221);
      assertThat(strict.messages())
          .singleElement()
          .extracting(ReceivedMessage::text)
          .asString()
          .startsWith("first")
          .endsWith(smuggled + "\r\n");
    }
  }

  @Test
  void believesEverybodyWhoAuthenticates() throws IOException {
    try (SmtpServer auth = SmtpServer.builder().extensions("AUTH PLAIN LOGIN").start();
        RawClient client = RawClient.greeted(auth)) {
      assertThat(client.ask("AUTH CRAM-MD5")).isEqualTo(504);
      assertThat(client.ask("AUTH PLAIN")).isEqualTo(334);
      assertThat(client.ask("*")).isEqualTo(501);
      assertThat(client.send("AUTH LOGIN\r\n").reply()).isEqualTo("334 VXNlcm5hbWU6");
      assertThat(client.send("dXNlcg==\r\n").reply()).isEqualTo("334 UGFzc3dvcmQ6");
      assertThat(client.ask("c2VjcmV0")).isEqualTo(235);
      assertThat(client.ask("AUTH PLAIN AHVzZXIAc2VjcmV0")).isEqualTo(503);
      assertThat(String.join("\n", auth.transcript()))
          .contains("AUTH PLAIN", "***")
          .doesNotContain("dXNlcg==", "c2VjcmV0", "AHVzZXIAc2VjcmV0");
    }
  }
}
