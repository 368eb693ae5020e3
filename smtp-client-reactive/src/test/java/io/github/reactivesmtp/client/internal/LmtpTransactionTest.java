package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.TransactionPlayer.lmtpPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.internal.MailTransaction.Step;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LMTP (RFC 2033): one reply to the content for each accepted recipient, in their order. */
class LmtpTransactionTest {

  private static TransactionPlayer player(
      Transfer transfer, boolean pipelined, String rcpt, String data, String content) {
    String[] rcpts = rcpt.split("\\s+", -1);
    return new TransactionPlayer(lmtpPlan(rcpts.length, transfer, pipelined, false))
        .answer("MAIL", "250")
        .answer("RCPT", rcpts)
        .answer("DATA", data)
        .answer("CONTENT", content.split("\\s+", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # RCPT     | CONTENT     | ends      | results
          250         | 250         | DONE      | ACCEPTED 250 CONTENT1
          250 250     | 250 250     | DONE      | ACCEPTED 250 CONTENT1, ACCEPTED 250 CONTENT2
          250 250     | 250 550     | DONE      | ACCEPTED 250 CONTENT1, REJECTED 550 CONTENT2
          250 250     | 450 250     | DONE      | DEFERRED 450 CONTENT1, ACCEPTED 250 CONTENT2
          250 250     | 452 552     | DONE      | DEFERRED 452 CONTENT1, REJECTED 552 CONTENT2
          250 250 250 | 250 501 250 | DONE      | ACCEPTED 250 CONTENT1, REJECTED 501 CONTENT2, ACCEPTED 250 CONTENT3
          # those refused before have no reply to the content
          550 250     | 250         | DONE      | REJECTED 550 RCPT1, ACCEPTED 250 CONTENT1
          250 450     | 554         | DONE      | REJECTED 554 CONTENT1, DEFERRED 450 RCPT2
          250 550 250 | 450 250     | DONE      | DEFERRED 450 CONTENT1, REJECTED 550 RCPT2, ACCEPTED 250 CONTENT2
          250 452     | 250         | DONE      | ACCEPTED 250 CONTENT1, NOT_SENT 452 RCPT2
          # the server says goodbye
          250 250     | 421         | CLOSING   | DEFERRED 421 CONTENT1, UNKNOWN -
          250 250     | 250 421     | CLOSING   | ACCEPTED 250 CONTENT1, DEFERRED 421 CONTENT2
          # the connection breaks
          250 250     | lost        | LOST      | UNKNOWN -, UNKNOWN -
          250 250     | 250 lost    | LOST      | ACCEPTED 250 CONTENT1, UNKNOWN -
          250 250 250 | 550 250 lost| LOST      | REJECTED 550 CONTENT1, ACCEPTED 250 CONTENT2, UNKNOWN -
          250 550 250 | 250 lost    | LOST      | ACCEPTED 250 CONTENT1, REJECTED 550 RCPT2, UNKNOWN -
          250 250     | cut         | LOST      | NOT_SENT -, NOT_SENT -
          # no legal reply
          250 250     | 354         | VIOLATION | UNKNOWN -, UNKNOWN -
          # out of step, nobody can tell whose the first was
          250 250     | 250 354     | VIOLATION | UNKNOWN -, UNKNOWN -
          """)
  void eachRecipientHasItsOwnReply(String rcpt, String content, String end, String results) {
    for (Transfer transfer : new Transfer[] {Transfer.DATA, Transfer.BDAT}) {
      for (boolean pipelined : new boolean[] {true, false}) {
        TransactionPlayer player = player(transfer, pipelined, rcpt, "354", content);
        assertThat(player.play()).as(player.script()).isEqualTo(end);
        assertThat(player.results()).as(player.script()).isEqualTo(results);
      }
    }
  }

  /** RFC 2033 §4.2: the server must have said 503; how many replies a dot would have, who knows. */
  @ParameterizedTest
  @CsvSource({
    "250,550,354,ABORT,REJECTED 550 RCPT1",
    "250,450,354,ABORT,DEFERRED 450 RCPT1",
    "550,503,354,ABORT,REJECTED 550 MAIL",
    "250,550,503,DONE,REJECTED 550 RCPT1",
    "550,503,503,DONE,REJECTED 550 MAIL"
  })
  void contentForNobodyIsNotEnded(
      String mail, String rcpt, String data, String end, String results) {
    TransactionPlayer player = player(Transfer.DATA, true, rcpt, data, "250").answer("MAIL", mail);
    assertThat(player.play()).isEqualTo(end);
    assertThat(player.results()).isEqualTo(results);
    assertThat(player.script()).doesNotContain("DOT");
  }

  @ParameterizedTest
  @CsvSource({"250 250,250 CONTENT2", "250 550,550 CONTENT2", "250 lost,250 CONTENT1", "lost,"})
  void theWholeHasTheLastReplyThatDecided(String content, String reply) {
    TransactionPlayer player = player(Transfer.DATA, true, "250 250", "354", content);
    player.play();
    TransactionOutcome outcome = player.outcome();
    assertThat(outcome.reply() == null ? null : outcome.reply().toString()).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource({
    "DATA,250 250,true",
    "DATA,250 550,true",
    "DATA,550 550,true",
    "DATA,250 stop,true", // the dot ended it
    "BDAT,250 250,true",
    "BDAT,550 250,true",
    "BDAT,550 550,false",
    "BDAT,stop,false"
  })
  void endsCleanlyByItsDotOrByAPositiveReply(Transfer transfer, String content, boolean cleanly) {
    TransactionPlayer player = player(transfer, true, "250 250", "354", content);
    player.play();
    assertThat(player.transaction().endedCleanly()).isEqualTo(cleanly);
  }

  @Test
  void itWaitsForEachReply() {
    TransactionPlayer player = player(Transfer.DATA, true, "250 250", "354", "stop");
    player.play();
    for (int i = 1; i <= 2; i++) {
      assertThat(player.transaction().next()).isEqualTo(Step.AWAIT_REPLY);
      assertThat(player.transaction().phase()).isEqualTo(Phase.DATA_TERMINATION);
      player.give(250, "CONTENT" + i);
    }
    assertThat(player.transaction().next()).isEqualTo(Step.DONE);
    assertThat(player.give(250, "one too many")).isEqualTo(Verdict.VIOLATION);
  }

  /** What is accepted can't be taken back: all-or-nothing ends with the recipients' replies. */
  @Test
  void allOrNothingDoesNotReachTheReplies() {
    TransactionPlayer player =
        new TransactionPlayer(lmtpPlan(2, Transfer.DATA, true, true))
            .answer("MAIL", "250")
            .answer("RCPT", "250", "250")
            .answer("DATA", "354")
            .answer("CONTENT", "250", "550");
    assertThat(player.play()).isEqualTo("DONE");
    assertThat(player.results()).isEqualTo("ACCEPTED 250 CONTENT1, REJECTED 550 CONTENT2");
    assertThat(player.outcome().cause()).isNull();
  }

  // --- chunks: one reply each, but the last

  private static TransactionPlayer midChunks(String... rcpt) {
    TransactionPlayer player =
        new TransactionPlayer(lmtpPlan(rcpt.length, Transfer.BDAT, true, false));
    MailTransaction transaction = player.transaction();
    while (transaction.next() == Step.SAY) {
      transaction.nextCommand();
    }
    player.give(250, "MAIL");
    Arrays.stream(rcpt).forEach(code -> player.give(Integer.parseInt(code), "RCPT"));
    assertThat(transaction.next()).isEqualTo(Step.SEND_CONTENT);
    transaction.contentBegun();
    transaction.chunkWritten();
    return player;
  }

  private static void last(TransactionPlayer player) {
    player.transaction().contentWritten();
    player.transaction().contentLeft();
  }

  @Test
  void aChunkBeforeTheLastHasOneReply() {
    TransactionPlayer player = midChunks("250", "250");
    player.give(250, "chunk");
    assertThat(player.transaction().next()).isEqualTo(Step.AWAIT_REPLY);
    player.transaction().chunkWritten();
    last(player);
    player.give(250, "chunk");
    player.give(250, "CONTENT1");
    assertThat(player.transaction().next()).isEqualTo(Step.AWAIT_REPLY);
    player.give(550, "CONTENT2");
    assertThat(player.transaction().next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("ACCEPTED 250 CONTENT1, REJECTED 550 CONTENT2");
  }

  @Test
  void aRefusedChunkIsForAll() {
    TransactionPlayer player = midChunks("250", "250");
    assertThat(player.give(552, "chunk")).isEqualTo(Verdict.GO_ON);
    assertThat(player.transaction().isContentRefused()).isTrue();
    assertThat(player.transaction().next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("REJECTED 552 chunk, REJECTED 552 chunk");
  }

  @Test
  void aChunkRefusedAfterTheLastIsSaidLeavesTheNumberOfRepliesOpen() {
    TransactionPlayer player = midChunks("250", "250");
    last(player);
    assertThat(player.give(452, "chunk")).isEqualTo(Verdict.VIOLATION);
    assertThat(player.results()).isEqualTo("DEFERRED 452 chunk, DEFERRED 452 chunk");
  }

  @Test
  void withOneRecipientTheNumberOfRepliesIsNotOpen() {
    TransactionPlayer player = midChunks("250", "550");
    last(player);
    assertThat(player.give(452, "chunk")).isEqualTo(Verdict.GO_ON);
    assertThat(player.give(503, "last")).isEqualTo(Verdict.GO_ON);
    assertThat(player.transaction().next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("DEFERRED 452 chunk, REJECTED 550 RCPT");
    assertThat(player.transaction().endedCleanly()).isFalse();
  }
}
