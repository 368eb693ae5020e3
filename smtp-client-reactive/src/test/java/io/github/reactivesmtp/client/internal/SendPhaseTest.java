package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.TransactionPlayer.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a message came, and which command was answered or waited for. */
class SendPhaseTest {

  private static final String MAIL = "MAIL FROM:<me@from.example>";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # one command after the other
          DATA | false | 550  | -        | -    | -    | MAIL M, MAIL M
          DATA | false | lost | -        | -    | -    | MAIL M, MAIL M
          DATA | false | 250  | lost -   | -    | -    | RCPT 1, RCPT 2
          DATA | false | 250  | 550 lost | -    | -    | RCPT 1, RCPT 2
          DATA | false | 250  | 550 450  | -    | -    | RCPT 1, RCPT 2
          DATA | false | 250  | 250 550  | 451  | -    | DATA D, RCPT 2
          DATA | false | 250  | 250 250  | lost | -    | DATA D, DATA D
          DATA | false | 250  | 250 550  | 354  | cut  | CONTENT -, RCPT 2
          DATA | false | 250  | 250 250  | 354  | lost | END_OF_CONTENT -, END_OF_CONTENT -
          DATA | false | 250  | 250 550  | 354  | 552  | END_OF_CONTENT -, RCPT 2
          DATA | false | 250  | 250 250  | 354  | 250  | END_OF_CONTENT -, END_OF_CONTENT -
          BDAT | false | 250  | 250 250  | -    | 552  | END_OF_CONTENT -, END_OF_CONTENT -
          # in a group
          DATA | true  | 550  | 503 503  | 503  | -    | MAIL M, MAIL M
          DATA | true  | lost | -        | -    | -    | MAIL M, MAIL M
          DATA | true  | 250  | 550 450  | 503  | -    | RCPT 1, RCPT 2
          BDAT | true  | 250  | 250 550  | -    | lost | END_OF_CONTENT -, RCPT 2
          # all at once: the end of the content left, but what is waited for is what comes first
          BDAT_AT_ONCE | true | lost | -      | - | -   | MAIL M, MAIL M
          BDAT_AT_ONCE | true | 250  | lost - | - | -   | RCPT 1, RCPT 2
          BDAT_AT_ONCE | true | 250  | 250 250 | - | lost | END_OF_CONTENT -, END_OF_CONTENT -
          """)
  void isTold(
      Transfer transfer,
      boolean pipelined,
      String mail,
      String rcpt,
      String data,
      String content,
      String expected) {
    TransactionPlayer player =
        new TransactionPlayer(plan(2, transfer, pipelined, false)).answer("MAIL", mail);
    if (rcpt != null) {
      player.answer("RCPT", rcpt.split(" "));
    }
    if (data != null) {
      player.answer("DATA", data);
    }
    if (content != null) {
      player.answer("CONTENT", content);
    }
    player.play();

    String told =
        player.outcome().recipients().stream()
            .map(SendPhaseTest::told)
            .collect(Collectors.joining(", "));
    assertThat(told)
        .as(player.script())
        .isEqualTo(
            expected
                .replaceAll("\\bM\\b", MAIL)
                .replaceAll("\\bD\\b", "DATA")
                .replaceAll("RCPT (\\d)", "RCPT RCPT TO:<r$1@to.example>"));
  }

  /** With BDAT there is no command between the last recipient and the content. */
  @Test
  void betweenTheLastCommandAndTheContent() {
    MailTransaction transaction = new MailTransaction(plan(1, Transfer.BDAT, true, false));
    transaction.nextCommand();
    transaction.nextCommand();
    transaction.onReply(SmtpReply.of(250, "ok"));
    transaction.onReply(SmtpReply.of(250, "ok"));

    TransactionOutcome outcome = transaction.outcome(new SmtpException("lost"));
    assertThat(told(outcome.recipients().get(0))).isEqualTo("CONTENT -");
  }

  private static String told(RecipientResult result) {
    return result.phase() + " " + (result.command() == null ? "-" : result.command());
  }
}
