package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Dovecot really answers, by hand, and Postfix with Dovecot behind it: the ground that tests
 * of the client against them stand on.
 */
@NeedsDovecot
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DovecotServerIT {

  private static final String MECHANISMS =
      "AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER";

  private final PostfixServer postfix;
  private final DovecotServer dovecot;

  DovecotServerIT(PostfixServer postfix, DovecotServer dovecot) {
    this.postfix = postfix;
    this.dovecot = dovecot;
  }

  @Test
  void submissionOffersTheSameMechanismsBeforeAndAfterTls() throws IOException {
    try (RawSession session = submission("localhost")) {
      assertThat(offers(session)).contains("STARTTLS", MECHANISMS);
      session.startTls(dovecot.certificates().sslContext());
      assertThat(offers(session))
          .containsExactlyInAnyOrder(
              MECHANISMS,
              "8BITMIME",
              "BURL imap",
              "CHUNKING",
              "ENHANCEDSTATUSCODES",
              "PIPELINING",
              "SIZE");
    }
  }

  @Test
  void submissionOffersNothingToAuthenticateWithBeforeTls() throws IOException {
    try (RawSession session = submission(DovecotServer.TLS_ONLY_HOST)) {
      assertThat(offers(session)).contains("STARTTLS").doesNotContain(MECHANISMS);
      assertThat(session.command("AUTH PLAIN")).containsExactly("530 5.7.0 TLS required.");
      session.startTls(dovecot.certificates().sslContext());
      assertThat(offers(session)).contains(MECHANISMS);
    }
  }

  /** As at Postfix before TLS, its octets are commands. */
  @Test
  void submissionRefusesAChunkBeforeAuthenticationWithoutReadingIt() throws IOException {
    try (RawSession session = submission("127.0.0.1")) {
      offers(session);
      session.send("BDAT 6 LAST\r\nNOOP\r\n");

      assertThat(session.reply()).containsExactly("530 5.7.0 Authentication required.");
      assertThat(session.reply()).containsExactly("250 2.0.0 OK");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "AUTH_.*")
  void postfixOffersTheSameMechanisms(PostfixService service) throws IOException {
    boolean implicit = service == PostfixService.AUTH_IMPLICIT_TLS;
    try (RawSession session = implicit ? postfixWithTls() : postfix(service)) {
      if (!implicit) {
        assertThat(offers(session).contains(MECHANISMS))
            .isEqualTo(service == PostfixService.AUTH_IN_CLEAR);
        session.startTls(postfix.certificates().sslContext());
      }
      assertThat(offers(session)).contains(MECHANISMS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ann,    correct horse, 235 2.7.0 Logged in.,            235 2.7.0 Authentication successful",
    "bob,    'Grüße, 你好', 235 2.7.0 Logged in.,            235 2.7.0 Authentication successful",
    "ann,    wrong,         535 5.7.8 Authentication failed., 535 5.7.8 Error: authentication failed",
    "nobody, wrong,         535 5.7.8 Authentication failed., 535 5.7.8 Error: authentication failed",
    "later,  any,           454 4.7.0 Temporary authent,     535 5.7.8 Error: authentication failed",
    "closed, closed,        525 5.7.13 closed,               235 2.7.0 Authentication successful",
  })
  void answersToPasswords(String user, String password, String fromDovecot, String fromPostfix)
      throws IOException {
    String command = "AUTH PLAIN " + base64("\0" + user + "\0" + password);
    try (RawSession atDovecot = submission("127.0.0.1");
        RawSession atPostfix = postfix(PostfixService.AUTH_IN_CLEAR)) {
      offers(atDovecot);
      offers(atPostfix);

      assertThat(atDovecot.command(command).get(0)).startsWith(fromDovecot);
      assertThat(atPostfix.command(command).get(0)).startsWith(fromPostfix);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
  void takesItsOwnTokens(String mechanism) throws IOException {
    String command = tokenCommand(mechanism, AccessTokens.valid("ann"));
    try (RawSession atDovecot = submission("127.0.0.1");
        RawSession atPostfix = postfix(PostfixService.AUTH_IN_CLEAR)) {
      offers(atDovecot);
      offers(atPostfix);

      assertThat(atDovecot.command(command)).containsExactly("235 2.7.0 Logged in.");
      assertThat(atPostfix.command(command)).containsExactly("235 2.7.0 Authentication successful");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "XOAUTH2;     expired; {\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}",
        "XOAUTH2;     forged;  {\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}",
        "OAUTHBEARER; expired; {\"status\":\"invalid_token\"}",
        "OAUTHBEARER; forged;  {\"status\":\"invalid_token\"}"
      })
  void saysWhyItTakesNoOtherToken(String mechanism, String token, String reason)
      throws IOException {
    String command =
        tokenCommand(
            mechanism,
            token.equals("expired") ? AccessTokens.expired("ann") : AccessTokens.forged("ann"));
    try (RawSession atDovecot = submission("127.0.0.1");
        RawSession atPostfix = postfix(PostfixService.AUTH_IN_CLEAR)) {
      for (RawSession session : List.of(atDovecot, atPostfix)) {
        offers(session);

        assertThat(session.command(command)).containsExactly("334 " + base64(reason));
        assertThat(session.command(base64("\1")).get(0)).startsWith("535 5.7.8 ");
      }
    }
  }

  @Test
  void postfixTakesRecipientsFromAuthenticatedUsersOnlyAndLogsThem() throws IOException {
    postfix.markLog();
    try (RawSession session = postfixWithTls()) {
      offers(session);
      session.command("MAIL FROM:<s@example.test>");
      assertThat(session.command("RCPT TO:<a@example.test>").get(0)).startsWith("554 5.7.1 ");
      session.command("RSET");
      session.command("AUTH PLAIN " + base64("\0ann\0correct horse"));
      session.command("MAIL FROM:<s@example.test>");
      session.command("RCPT TO:<a@example.test>");
      session.command("DATA");
      session.send("Subject: authenticated\r\n\r\nText\r\n");
      session.command(".");
    }
    postfix.awaitLogLine("sasl_method=PLAIN, sasl_username=ann");
    assertThat(postfix.takeMessages(1))
        .containsExactly(
            new DeliveredMessage(
                "s@example.test", "a@example.test", "Subject: authenticated\n\nText\n"));
  }

  /** After AUTH another EHLO is answered by another process, which offers other things. */
  @Test
  void submissionRelaysToPostfixAndPassesItsRefusalsOn() throws IOException {
    try (RawSession session = submission("127.0.0.1")) {
      offers(session);
      assertThat(session.command("MAIL FROM:<s@example.test>"))
          .containsExactly("530 5.7.0 Authentication required.");
      session.command("AUTH PLAIN " + base64("\0ann\0correct horse"));
      assertThat(offers(session)).contains("AUTH", "DSN", "VRFY", "SIZE 41943040");
      session.command("MAIL FROM:<s@example.test>");
      assertThat(session.command("RCPT TO:<refused@example.test>").get(0)).startsWith("550 5.1.1 ");
      assertThat(session.command("RCPT TO:<later@example.test>").get(0)).startsWith("450 4.2.1 ");
      assertThat(session.command("RCPT TO:<a@example.test>").get(0)).startsWith("250 2.1.5 ");
      session.send("BDAT 26 LAST\r\nSubject: relayed\r\n\r\nText\r\n");
      assertThat(session.reply().get(0)).startsWith("250 2.0.0 Ok: ");
    }
    assertThat(postfix.takeMessages(1))
        .extracting(DeliveredMessage::returnPath, DeliveredMessage::recipient)
        .extracting(Object::toString)
        .containsExactly("(\"s@example.test\", \"a@example.test\")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"port with DATA", "port with BDAT", "socket with DATA", "socket with BDAT"})
  void lmtpAnswersForEachRecipient(String way) throws IOException {
    String content = "Subject: local\r\n\r\n" + ("x".repeat(98) + "\r\n").repeat(20);
    try (RawSession session = lmtp(way)) {
      assertThat(session.command("LHLO client.example.test"))
          .containsExactlyInAnyOrder(
              "250-dovecot.example.test",
              "250-8BITMIME",
              "250-CHUNKING",
              "250-ENHANCEDSTATUSCODES",
              "250-PIPELINING",
              "250 STARTTLS");
      session.command("MAIL FROM:<s@example.test>");
      session.command("RCPT TO:<ann@example.test>");
      assertThat(session.command("RCPT TO:<nobody@example.test>"))
          .containsExactly(
              "550 5.1.1 <nobody@example.test> User doesn't exist: nobody@example.test");
      session.command("RCPT TO:<full@example.test>");
      session.command("RCPT TO:<bob@example.test>");
      if (way.endsWith("DATA")) {
        session.command("DATA");
        session.send(content + ".\r\n");
      } else {
        session.send("BDAT " + content.length() + " LAST\r\n" + content);
      }

      assertThat(session.reply().get(0)).matches("250 2\\.0\\.0 <ann@example\\.test> \\S+ Saved");
      assertThat(session.reply())
          .containsExactly(
              "552 5.2.2 <full@example.test> Quota exceeded (mailbox for user is full)");
      assertThat(session.reply().get(0)).matches("250 2\\.0\\.0 <bob@example\\.test> \\S+ Saved");
    }
    for (String user : List.of("ann", "bob")) {
      assertThat(dovecot.takeMessages(user))
          .containsExactly(
              new DeliveredMessage(
                  "s@example.test", user + "@example.test", content.replace("\r\n", "\n")));
    }
    assertThat(dovecot.takeMessages("full")).isEmpty();
  }

  private RawSession submission(String host) throws IOException {
    return RawSession.connect(host, dovecot.submissionPort());
  }

  private RawSession postfix(PostfixService service) throws IOException {
    return RawSession.connect("127.0.0.1", postfix.port(service));
  }

  private RawSession postfixWithTls() throws IOException {
    return RawSession.connect(
        "127.0.0.1",
        postfix.port(PostfixService.AUTH_IMPLICIT_TLS),
        postfix.certificates().sslContext());
  }

  private RawSession lmtp(String way) throws IOException {
    return way.startsWith("port")
        ? RawSession.connect("127.0.0.1", dovecot.lmtpPort())
        : RawSession.connect(dovecot.lmtpSocket());
  }

  private static List<String> offers(RawSession session) throws IOException {
    return session.command("EHLO client.example.test").stream()
        .skip(1)
        .map(line -> line.substring(4).strip())
        .toList();
  }

  /** RFC 7628 section 3.1; XOAUTH2 is its forerunner. */
  private static String tokenCommand(String mechanism, String token) {
    String start = mechanism.equals("XOAUTH2") ? "user=ann" : "n,a=ann,";
    return "AUTH " + mechanism + " " + base64(start + "\1auth=Bearer " + token + "\1\1");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
