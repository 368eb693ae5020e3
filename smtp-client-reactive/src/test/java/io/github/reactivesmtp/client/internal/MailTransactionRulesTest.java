package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.TransactionPlayer.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.internal.MailTransaction.Step;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that need more than one table: content in pieces, all-or-nothing, overlap, time limits. */
class MailTransactionRulesTest {

  // --- content in pieces

  private static TransactionPlayer atContent(Transfer transfer, String... rcpt) {
    TransactionPlayer player =
        new TransactionPlayer(plan(rcpt.length, transfer, true, false))
            .answer("MAIL", "250")
            .answer("RCPT", rcpt)
            .answer("DATA", "354")
            .answer("CONTENT", "stop");
    player.play();
    return player;
  }

  /** With the commands answered and the content begun, but nothing of its end said. */
  private static TransactionPlayer midContent(Transfer transfer, String... rcpt) {
    TransactionPlayer player = new TransactionPlayer(plan(rcpt.length, transfer, true, false));
    MailTransaction transaction = player.transaction();
    while (transaction.next() == Step.SAY) {
      transaction.nextCommand();
    }
    player.give(250, "MAIL");
    for (int i = 0; i < rcpt.length; i++) {
      player.give(Integer.parseInt(rcpt[i]), "RCPT" + (i + 1));
    }
    if (transfer == Transfer.DATA) {
      player.give(354, "DATA");
    }
    assertThat(transaction.next()).isEqualTo(Step.SEND_CONTENT);
    transaction.contentBegun();
    assertThat(transaction.next()).isEqualTo(Step.AWAIT_REPLY);
    return player;
  }

  @ParameterizedTest
  @CsvSource({"552,REJECTED", "452,DEFERRED"})
  void dataRefusedInMidContentIsAborted(int code, String outcome) {
    TransactionPlayer player = midContent(Transfer.DATA, "250", "550");

    assertThat(player.give(code, "CONTENT")).isEqualTo(Verdict.GO_ON);

    MailTransaction transaction = player.transaction();
    assertThat(transaction.next()).isEqualTo(Step.ABORT);
    assertThat(transaction.isContentRefused()).isTrue();
    assertThat(transaction.endedCleanly()).isFalse();
    assertThat(player.results()).isEqualTo(outcome + " " + code + " CONTENT, REJECTED 550 RCPT2");
  }

  @ParameterizedTest
  @CsvSource({
    "DATA,NOT_SENT 421 CONTENT", // the server gave up on it
    "BDAT,NOT_SENT -" // no reply was due
  })
  void goodbyeInMidContentIsNotSent(Transfer transfer, String result) {
    TransactionPlayer player = midContent(transfer, "250");
    assertThat(player.give(421, "CONTENT")).isEqualTo(Verdict.CLOSING);
    assertThat(player.results()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({"DATA,250", "DATA,354", "BDAT,250", "BDAT,354", "BDAT,552"})
  void replyInMidContentThatNothingAskedForIsAViolation(Transfer transfer, int code) {
    TransactionPlayer player = midContent(transfer, "250", "550");
    assertThat(player.give(code, "stray")).isEqualTo(Verdict.VIOLATION);
    assertThat(player.results()).isEqualTo("NOT_SENT -, REJECTED 550 RCPT2");
  }

  @Test
  void secondRefusalInMidContentIsAViolationAndChangesNothing() {
    TransactionPlayer player = midContent(Transfer.DATA, "250");
    player.give(552, "first");
    assertThat(player.give(451, "second")).isEqualTo(Verdict.VIOLATION);
    assertThat(player.results()).isEqualTo("REJECTED 552 first");
  }

  @Test
  void chunksAreAcceptedByTheReplyToTheLast() {
    TransactionPlayer player = midContent(Transfer.BDAT, "250");
    MailTransaction transaction = player.transaction();
    transaction.chunkWritten();
    player.give(250, "chunk 1");
    assertThat(transaction.next()).isEqualTo(Step.AWAIT_REPLY);
    transaction.chunkWritten();
    transaction.contentWritten();
    transaction.contentLeft();
    player.give(250, "chunk 2");
    assertThat(transaction.next()).isEqualTo(Step.AWAIT_REPLY);
    assertThat(player.results()).isEqualTo("UNKNOWN -");
    player.give(250, "last");

    assertThat(transaction.next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("ACCEPTED 250 last");
    assertThat(transaction.endedCleanly()).isTrue();
  }

  @Test
  void repliesToLaterChunksDoNotHideTheFirstRefusal() {
    TransactionPlayer player = midContent(Transfer.BDAT, "250", "550");
    MailTransaction transaction = player.transaction();
    transaction.chunkWritten();
    transaction.chunkWritten();
    transaction.contentWritten();
    transaction.contentLeft();
    player.give(452, "chunk 1");
    assertThat(transaction.next()).as("more replies are due").isEqualTo(Step.AWAIT_REPLY);
    player.give(503, "chunk 2");
    player.give(503, "last");

    assertThat(transaction.next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("DEFERRED 452 chunk 1, REJECTED 550 RCPT2");
    assertThat(transaction.endedCleanly()).as("needs RSET").isFalse();
  }

  /** RFC 3030 §4.2: after a refused chunk none is taken; who takes the last has lost count. */
  @Test
  void aLastChunkTakenAfterARefusedOneIsUnknown() {
    TransactionPlayer player = midContent(Transfer.BDAT, "250", "550");
    MailTransaction transaction = player.transaction();
    transaction.chunkWritten();
    transaction.contentWritten();
    transaction.contentLeft();
    player.give(452, "chunk 1");

    assertThat(player.give(250, "last")).isEqualTo(Verdict.VIOLATION);
    assertThat(player.results()).isEqualTo("UNKNOWN -, REJECTED 550 RCPT2");
  }

  /** 2.1.5 speaks of a recipient: without DATA's 354 in between it may be RCPT's. */
  @ParameterizedTest
  @CsvSource({
    "BDAT_AT_ONCE,2.1.5,VIOLATION,UNKNOWN",
    "BDAT_AT_ONCE,2.0.0,GO_ON,ACCEPTED",
    "BDAT_AT_ONCE,2.6.0,GO_ON,ACCEPTED",
    "BDAT,2.1.5,VIOLATION,UNKNOWN",
    "BDAT,2.0.0,GO_ON,ACCEPTED",
    "DATA,2.1.5,GO_ON,ACCEPTED"
  })
  void acceptanceThatSpeaksOfAnAddressIsDoubtedWithBdat(
      Transfer transfer, String status, Verdict verdict, Outcome outcome) {
    TransactionPlayer player = atContent(transfer, "250");
    assertThat(player.give(250, status + " Ok")).isEqualTo(verdict);
    assertThat(player.outcome().recipients().get(0).outcome()).isEqualTo(outcome);
  }

  @Test
  void refusedChunkEndsTheTransactionWithoutTheRest() {
    TransactionPlayer player = midContent(Transfer.BDAT, "250");
    player.transaction().chunkWritten();
    assertThat(player.give(552, "chunk 1")).isEqualTo(Verdict.GO_ON);

    assertThat(player.transaction().isContentRefused()).isTrue();
    assertThat(player.transaction().next()).isEqualTo(Step.DONE);
    assertThat(player.results()).isEqualTo("REJECTED 552 chunk 1");
  }

  @Test
  void goodbyeToAChunkBeforeTheLastIsNotSent() {
    TransactionPlayer player = midContent(Transfer.BDAT, "250");
    player.transaction().chunkWritten();
    assertThat(player.give(421, "chunk 1")).isEqualTo(Verdict.CLOSING);
    assertThat(player.results()).isEqualTo("NOT_SENT 421 chunk 1");
  }

  @Test
  void contentRefusedIsToldFromContentAccepted() {
    TransactionPlayer player = atContent(Transfer.DATA, "250");
    assertThat(player.transaction().isContentRefused()).isFalse();
    player.give(250, "CONTENT");
    assertThat(player.transaction().isContentRefused()).isFalse();
  }

  // --- replies out of turn

  @ParameterizedTest
  @ValueSource(ints = {250, 354, 503})
  void replyBeforeAnythingWasSaidIsAViolation(int code) {
    TransactionPlayer player = new TransactionPlayer(plan(1, Transfer.DATA, false, false));
    assertThat(player.give(code, "stray")).isEqualTo(Verdict.VIOLATION);
    assertThat(player.results()).isEqualTo("NOT_SENT -");
  }

  @Test
  void goodbyeBehindAReplyIsAGoodbye() {
    TransactionPlayer player =
        new TransactionPlayer(plan(2, Transfer.DATA, false, false))
            .answer("MAIL", "250")
            .answer("RCPT", "550", "550");
    player.transaction().nextCommand();
    player.give(250, "MAIL");
    player.transaction().nextCommand();
    player.give(550, "RCPT1");

    assertThat(player.give(421, "too many errors")).isEqualTo(Verdict.CLOSING);
    assertThat(player.results()).isEqualTo("REJECTED 550 RCPT1, NOT_SENT -");
  }

  @ParameterizedTest
  @CsvSource({"250,GO_ON", "421,CLOSING", "354,VIOLATION", "500,VIOLATION", "503,VIOLATION"})
  void resetMustBeAccepted(int code, Verdict verdict) {
    TransactionPlayer player = new TransactionPlayer(plan(1, Transfer.BDAT, true, true));
    player.transaction().nextCommand();
    assertThat(player.give(code, "RSET")).isEqualTo(verdict);
  }

  // --- all or nothing

  private static TransactionPlayer allOrNothing(Transfer transfer, boolean pipelined) {
    return new TransactionPlayer(plan(2, transfer, pipelined, false, true, false))
        .answer("MAIL", "250")
        .answer("DATA", "354")
        .answer("CONTENT", "250")
        .answer("DOT", "554");
  }

  @ParameterizedTest
  @CsvSource({
    "DATA,true,ABORT,MAIL RCPT1 RCPT2 DATA <250 <250 <550 <354",
    "DATA,false,DONE,MAIL <250 RCPT1 <250 RCPT2 <550",
    "BDAT,true,DONE,MAIL RCPT1 RCPT2 <250 <250 <550",
    "BDAT,false,DONE,MAIL <250 RCPT1 <250 RCPT2 <550"
  })
  void oneRefusalWithholdsTheMessageFromAll(
      Transfer transfer, boolean pipelined, String end, String script) {
    TransactionPlayer player = allOrNothing(transfer, pipelined).answer("RCPT", "250", "550");

    assertThat(player.play()).isEqualTo(end);
    assertThat(player.script()).isEqualTo(script);
    assertThat(player.results()).isEqualTo("NOT_SENT -, REJECTED 550 RCPT2");
    assertThat(player.outcome().cause()).isInstanceOf(MessageRefusedException.class);
    assertThat(player.transaction().endedCleanly()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"DATA,true", "DATA,false", "BDAT,true", "BDAT,false"})
  void allAcceptedIsSent(Transfer transfer, boolean pipelined) {
    TransactionPlayer player = allOrNothing(transfer, pipelined).answer("RCPT", "250", "250");
    assertThat(player.play()).isEqualTo("DONE");
    assertThat(player.results()).isEqualTo("ACCEPTED 250 CONTENT, ACCEPTED 250 CONTENT");
    assertThat(player.outcome().cause()).isNull();
  }

  @Test
  void allRefusedWithholdsNothing() {
    TransactionPlayer player = allOrNothing(Transfer.DATA, true).answer("RCPT", "550", "450");
    assertThat(player.play()).isEqualTo("DONE");
    assertThat(player.results()).isEqualTo("REJECTED 550 RCPT1, DEFERRED 450 RCPT2");
    assertThat(player.outcome().cause()).isNull();
  }

  /** The next attempt would leave out the refused recipient and deliver to the other. */
  @ParameterizedTest
  @CsvSource({"550 lost,354,LOST", "550 421,354,CLOSING", "550 250,421,CLOSING"})
  void aRefusalBeforeTheEndOfTheConnectionForbidsAnotherAttempt(
      String rcpt, String data, String end) {
    TransactionPlayer player =
        allOrNothing(Transfer.DATA, true).answer("RCPT", rcpt.split(" ")).answer("DATA", data);
    assertThat(player.play()).isEqualTo(end);

    Throwable cause = player.outcome().cause();
    assertThat(cause).isInstanceOf(MessageRefusedException.class);
    assertThat(cause.getCause()).as("what ended the connection").isNotNull();
    assertThat(player.results()).startsWith("REJECTED 550 RCPT1, NOT_SENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"250 421", "421 -", "250 lost"})
  void noRefusalAndTheEndOfTheConnectionMayBeTriedAgain(String rcpt) {
    for (Transfer transfer : new Transfer[] {Transfer.DATA, Transfer.BDAT}) {
      TransactionPlayer player = allOrNothing(transfer, true).answer("RCPT", rcpt.split(" "));
      player.play();
      assertThat(player.outcome().cause()).isNotInstanceOf(MessageRefusedException.class);
      assertThat(player.outcome().cause()).isNotNull();
    }
  }

  // --- overlap

  private static TransactionPlayer overlapped(Transfer transfer, boolean reset) {
    return new TransactionPlayer(plan(1, transfer, true, reset, false, true));
  }

  @ParameterizedTest
  @CsvSource({"DATA,false", "DATA,true", "BDAT,true"})
  void overlappedGroupRefusedWith503IsWorthSayingAgain(Transfer transfer, boolean reset) {
    TransactionPlayer player =
        overlapped(transfer, reset)
            .answer("RSET", "503")
            .answer("MAIL", "503")
            .answer("RCPT", "503")
            .answer("DATA", "503");
    assertThat(player.transaction().isUnanswered()).isTrue();
    assertThat(player.play()).isEqualTo("DONE");
    assertThat(player.transaction().refusedOverlap()).isTrue();
    assertThat(player.transaction().isUnanswered()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"550,503,503", "250,503,503", "250,250,354"})
  void otherRefusalsAreAboutTheMessage(String mail, String rcpt, String data) {
    TransactionPlayer player =
        overlapped(Transfer.DATA, false)
            .answer("MAIL", mail)
            .answer("RCPT", rcpt)
            .answer("DATA", data)
            .answer("CONTENT", "503");
    assertThat(player.play()).isEqualTo("DONE");
    assertThat(player.transaction().refusedOverlap()).isFalse();
  }

  @Test
  void a503ToAGroupThatDidNotOverlapIsARefusal() {
    TransactionPlayer player =
        new TransactionPlayer(plan(1, Transfer.DATA, true, false))
            .answer("MAIL", "503")
            .answer("RCPT", "503")
            .answer("DATA", "503");
    player.play();
    assertThat(player.transaction().refusedOverlap()).isFalse();
    assertThat(player.results()).isEqualTo("REJECTED 503 MAIL");
  }

  // --- RSET: needed unless the transaction ended by its own dot or by a positive reply

  @ParameterizedTest
  @CsvSource({
    "DATA,250,250,354,250,true",
    "DATA,250,250,354,554,true",
    "DATA,250,250,354,stop,true", // the dot ends it, whatever the reply
    "DATA,250,550,354,-,true", // a lone dot
    "DATA,250,250,451,-,false",
    "DATA,250,550,503,-,false",
    "DATA,550,503,503,-,false",
    "BDAT,250,250,-,250,true",
    "BDAT,250,250,-,stop,false",
    "BDAT,250,250,-,554,false",
    "BDAT,250,550,-,-,false",
    "BDAT_AT_ONCE,250,250,-,250,true",
    "BDAT_AT_ONCE,250,250,-,stop,false",
    "BDAT_AT_ONCE,250,250,-,452,false",
    "BDAT_AT_ONCE,250,550,-,503,false"
  })
  void endsCleanlyByItsDotOrByAPositiveReply(
      Transfer transfer, String mail, String rcpt, String data, String content, boolean cleanly) {
    TransactionPlayer player =
        new TransactionPlayer(plan(1, transfer, true, false))
            .answer("MAIL", mail)
            .answer("RCPT", rcpt)
            .answer("DATA", data)
            .answer("CONTENT", content)
            .answer("DOT", "554");
    player.play();
    assertThat(player.transaction().endedCleanly()).isEqualTo(cleanly);
  }

  // --- what is waited for

  @ParameterizedTest
  @CsvSource({
    "DATA,stop,250,354,250,COMMAND",
    "DATA,250,stop,354,250,COMMAND",
    "DATA,250,250,stop,250,DATA_INITIATION",
    "DATA,250,250,354,stop,DATA_TERMINATION",
    "BDAT,250,stop,-,250,COMMAND",
    "BDAT,250,250,-,stop,DATA_TERMINATION",
    "BDAT_AT_ONCE,stop,250,-,250,COMMAND",
    "BDAT_AT_ONCE,250,stop,-,250,COMMAND",
    "BDAT_AT_ONCE,250,250,-,stop,DATA_TERMINATION"
  })
  void knowsWhatItWaitsFor(
      Transfer transfer, String mail, String rcpt, String data, String content, Phase phase) {
    for (boolean pipelined : new boolean[] {true, false}) {
      for (boolean reset : new boolean[] {true, false}) {
        TransactionPlayer player =
            new TransactionPlayer(plan(1, transfer, pipelined, reset))
                .answer("MAIL", mail)
                .answer("RCPT", rcpt)
                .answer("DATA", data)
                .answer("CONTENT", content);
        assertThat(player.play()).isEqualTo("AWAIT_REPLY");
        assertThat(player.transaction().phase()).isEqualTo(phase);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA", "BDAT"})
  void inMidContentItWaitsForTheContentToGoOut(Transfer transfer) {
    TransactionPlayer player = midContent(transfer, "250");
    assertThat(player.transaction().phase()).isEqualTo(Phase.DATA_BLOCK);
    assertThat(player.transaction().isWritten()).isFalse();
    player.transaction().contentWritten();
    assertThat(player.transaction().phase()).isEqualTo(Phase.DATA_TERMINATION);
    assertThat(player.transaction().isWritten()).isTrue();
  }
}
