package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpReply;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PendingSendTest {

  private final SmtpException lost = new SmtpException("connection lost");
  private static final InetSocketAddress SERVER = InetSocketAddress.createUnresolved("mx", 25);

  private final List<SendResult> results = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();

  private PendingSend send(String... recipients) {
    return send(MessageBody.text("hello"), recipients);
  }

  private PendingSend send(MessageBody body, String... recipients) {
    Envelope.Builder builder = Envelope.builder().from("me@from.example").body(body);
    for (String recipient : recipients) {
      builder.to(recipient + "@to.example");
    }
    Envelope envelope = builder.build();
    List<PendingSend> made = new ArrayList<>();
    Mono.<SendResult>create(sink -> made.add(new PendingSend(envelope, new SingleListener(sink))))
        .subscribe(results::add, errors::add);
    return made.get(0);
  }

  private static List<String> remaining(PendingSend send) {
    return send.remaining().stream().map(r -> r.address().localPart()).toList();
  }

  /** An attempt for the recipients that remain, with these outcomes. */
  private void attempt(
      PendingSend send, @Nullable SmtpReply reply, @Nullable Throwable cause, Outcome... outcomes) {
    send.attempt();
    List<RecipientResult> entered = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      entered.add(
          new RecipientResult(
              send.remaining().get(i).address(), outcomes[i], reply, SendPhase.RCPT, null));
    }
    send.enter(new TransactionOutcome(entered, reply, cause, 0), SERVER);
  }

  /** A transaction for some of those that remain: each name with what became of it. */
  private void transaction(
      PendingSend send, int room, @Nullable Throwable cause, String... outcomes) {
    send.attempt();
    List<RecipientResult> entered = new ArrayList<>();
    for (String outcome : outcomes) {
      String[] words = outcome.split(" ", -1);
      MailAddress address = MailAddress.parse(words[0] + "@to.example");
      entered.add(
          new RecipientResult(address, Outcome.valueOf(words[1]), null, SendPhase.RCPT, null));
    }
    send.enter(new TransactionOutcome(entered, null, cause, room), SERVER);
  }

  private SendResult finished(PendingSend send) {
    send.finish();
    assertThat(results).hasSize(1);
    return results.get(0);
  }

  private static List<String> outcomes(SendResult result) {
    return result.recipients().stream()
        .map(r -> r.address().localPart() + " " + r.outcome() + " " + r.reply())
        .toList();
  }

  @Test
  void whatOneAttemptSettledTheNextLeavesAlone() {
    PendingSend send = send("a", "b", "c");
    SmtpReply refusal = SmtpReply.of(550, "no b");
    send.attempt();
    send.enter(
        new TransactionOutcome(
            List.of(
                new RecipientResult(
                    send.remaining().get(0).address(),
                    Outcome.NOT_SENT,
                    null,
                    SendPhase.RCPT,
                    null),
                new RecipientResult(
                    send.remaining().get(1).address(),
                    Outcome.REJECTED,
                    refusal,
                    SendPhase.RCPT,
                    null),
                new RecipientResult(
                    send.remaining().get(2).address(),
                    Outcome.NOT_SENT,
                    null,
                    SendPhase.RCPT,
                    null)),
            refusal,
            lost,
            0),
        SERVER);
    assertThat(send.mayRetry(3)).isTrue();
    assertThat(remaining(send)).containsExactly("a", "c");

    SmtpReply accepted = SmtpReply.of(250, "queued");
    attempt(send, accepted, null, Outcome.ACCEPTED, Outcome.ACCEPTED);

    assertThat(remaining(send)).isEmpty();
    assertThat(send.mayRetry(3)).isFalse();
    SendResult result = finished(send);
    assertThat(outcomes(result))
        .containsExactly("a ACCEPTED 250 queued", "b REJECTED 550 no b", "c ACCEPTED 250 queued");
    assertThat(result.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.reply()).isEqualTo(accepted);
    assertThat(result.server()).isEqualTo(SERVER);
    assertThat(result.cause()).as("the second attempt was not lost").isNull();
  }

  /** The first recipient settled first: what remains must not start again with all. */
  @Test
  void theFirstRecipientSettledFirstIsLeftAloneToo() {
    PendingSend send = send("a", "b");
    attempt(send, null, lost, Outcome.DEFERRED, Outcome.NOT_SENT);
    assertThat(remaining(send)).containsExactly("b");
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(remaining(send)).containsExactly("b");
    attempt(send, SmtpReply.of(250, "queued"), null, Outcome.ACCEPTED);
    assertThat(outcomes(finished(send)))
        .containsExactly("a DEFERRED null", "b ACCEPTED 250 queued");
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"ACCEPTED", "REJECTED", "DEFERRED", "UNKNOWN"})
  void onlyWhatWasNotSentIsTriedAgain(Outcome settled) {
    PendingSend send = send("a", "b");
    attempt(send, null, null, settled, settled);
    assertThat(send.mayRetry(3)).isFalse();
    assertThat(remaining(send)).isEmpty();
    assertThat(finished(send).outcome()).isEqualTo(settled);
  }

  @Test
  void retriesHaveABudget() {
    PendingSend send = send("a");
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(send.mayRetry(1)).isFalse();
    assertThat(send.mayRetry(2)).isTrue();
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(send.mayRetry(2)).isFalse();
    SendResult result = finished(send);
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.cause()).isSameAs(lost);
  }

  @Test
  void whatWasRefusedForItsCompanyIsNoAttempt() {
    PendingSend send = send("a");
    send.attempt();
    send.attemptDoesNotCount();
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(send.mayRetry(2)).isTrue();
    assertThat(finished(send).attempts()).isEqualTo(1);
  }

  @Test
  void whatLiesInTheMessageIsNotTriedAgain() {
    PendingSend send = send("a");
    attempt(send, null, new MessageRefusedException("too large"), Outcome.NOT_SENT);
    assertThat(send.mayRetry(3)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false,false,true", "false,true,false", "true,false,true", "true,true,true"})
  void contentThatCameOnceCannotComeAgain(boolean repeatable, boolean used, boolean mayRetry) {
    PendingSend send =
        send(
            repeatable ? MessageBody.repeatable(Flux.empty()) : MessageBody.publisher(Flux.empty()),
            "a");
    if (used) {
      send.contentUsed();
    }
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(send.mayRetry(3)).isEqualTo(mayRetry);
  }

  @Test
  void contentInMemoryCanAlwaysComeAgain() {
    PendingSend send = send("a");
    send.contentUsed();
    attempt(send, null, lost, Outcome.NOT_SENT);
    assertThat(send.mayRetry(3)).isTrue();
  }

  @Test
  void whatNeverBeganIsNotSent() {
    SendResult result = finished(send("a", "b"));
    assertThat(outcomes(result)).containsExactly("a NOT_SENT null", "b NOT_SENT null");
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_SENT);
    assertThat(result.attempts()).isZero();
    assertThat(result.server()).isNull();
  }

  @Test
  void aLaterAttemptWithoutAConnectionKeepsServerAndReply() {
    PendingSend send = send("a");
    SmtpReply goodbye = SmtpReply.of(421, "bye");
    attempt(send, goodbye, lost, Outcome.NOT_SENT);
    send.attempt();
    SmtpException refused = new SmtpException("connection refused");
    send.enter(TransactionOutcome.notBegun(send, refused), null);
    SendResult result = finished(send);
    assertThat(result.server()).isEqualTo(SERVER);
    assertThat(result.reply()).isEqualTo(goodbye);
    assertThat(result.cause()).isSameAs(refused);
  }

  // --- more recipients than one transaction may have

  @Test
  void theRestFollowsWithoutUsingUpAttempts() {
    PendingSend send = send("a", "b", "c", "d", "e");
    transaction(send, 0, null, "a ACCEPTED", "b REJECTED");
    assertThat(remaining(send)).containsExactly("c", "d", "e");
    assertThat(send.mayRetry(1)).isTrue();
    transaction(send, 0, null, "c DEFERRED", "d UNKNOWN");
    assertThat(send.mayRetry(1)).isTrue();
    transaction(send, 0, null, "e ACCEPTED");
    assertThat(send.mayRetry(1)).isFalse();

    SendResult result = finished(send);
    assertThat(outcomes(result))
        .containsExactly(
            "a ACCEPTED null",
            "b REJECTED null",
            "c DEFERRED null",
            "d UNKNOWN null",
            "e ACCEPTED null");
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.cause()).isNull();
  }

  /** A session may have some in the middle, for it knows their domain already. */
  @Test
  void recipientsAreMatchedByAddress() {
    PendingSend send = send("a", "b", "c");
    transaction(send, 0, null, "b ACCEPTED");
    assertThat(remaining(send)).containsExactly("a", "c");
    transaction(send, 0, null, "c REJECTED");
    assertThat(remaining(send)).containsExactly("a");
    transaction(send, 0, null, "a DEFERRED");
    assertThat(outcomes(finished(send)))
        .containsExactly("a DEFERRED null", "b ACCEPTED null", "c REJECTED null");
  }

  @Test
  void theRestThatFailsUsesUpAttempts() {
    PendingSend send = send("a", "b");
    transaction(send, 0, null, "a ACCEPTED");
    transaction(send, 0, lost, "b NOT_SENT");
    assertThat(send.mayRetry(1)).isFalse();
    assertThat(send.mayRetry(2)).isTrue();
    transaction(send, 0, lost, "b NOT_SENT");
    assertThat(send.mayRetry(2)).isFalse();
    SendResult result = finished(send);
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(outcomes(result)).containsExactly("a ACCEPTED null", "b NOT_SENT null");
    assertThat(result.cause()).isSameAs(lost);
  }

  /** 421 to the last thing said ends the transaction with a reply, not with a loss. */
  @ParameterizedTest
  @CsvSource({"a NOT_SENT,b NOT_SENT", "a REJECTED,b NOT_SENT"})
  void whatWasNotSentAlthoughThereWasRoomUsesUpAttempts(String first, String second) {
    PendingSend send = send("a", "b");
    transaction(send, 0, null, first, second);
    assertThat(send.mayRetry(1)).isFalse();
    assertThat(send.mayRetry(2)).isTrue();
  }

  /** Some may have it or not: that is no reason to count the others' turn. */
  @Test
  void theRestFollowsAfterAConnectionThatBrokeToo() {
    PendingSend send = send("a", "b", "c");
    transaction(send, 0, lost, "a UNKNOWN", "b REJECTED");
    assertThat(send.mayRetry(1)).isTrue();
    transaction(send, 0, null, "c ACCEPTED");
    SendResult result = finished(send);
    assertThat(outcomes(result))
        .containsExactly("a UNKNOWN null", "b REJECTED null", "c ACCEPTED null");
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.cause()).isSameAs(lost);
  }

  @Test
  void restRefusedForItsCompanyIsNoAttemptEither() {
    PendingSend send = send("a", "b");
    transaction(send, 0, null, "a ACCEPTED");
    send.attempt();
    send.attemptDoesNotCount();
    transaction(send, 0, null, "b ACCEPTED");
    assertThat(finished(send).attempts()).isEqualTo(1);
  }

  @Test
  void aSessionWithoutRoomChangesNothing() {
    PendingSend send = send("a", "b");
    transaction(send, 1, lost, "a NOT_SENT", "b NOT_SENT");
    int room = send.room();
    send.attempt();
    send.attemptDoesNotCount();
    send.enter(TransactionOutcome.NO_ROOM, SERVER);
    assertThat(send.mayRetry(1)).isTrue();
    assertThat(send.room()).isEqualTo(room);
    assertThat(remaining(send)).containsExactly("a", "b");
    SendResult result = finished(send);
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.cause()).isSameAs(lost);
  }

  /** The server hung up after too many: the next transaction has no more than it took. */
  @Test
  void tooManyAndTheEndOfTheConnectionIsNoFailedAttemptForTheNextIsSmaller() {
    PendingSend send = send("a", "b", "c", "d");
    transaction(send, 3, lost, "a NOT_SENT", "b NOT_SENT", "c NOT_SENT", "d NOT_SENT");
    assertThat(send.mayRetry(1)).isTrue();
    assertThat(send.room()).isEqualTo(3);
    transaction(send, 2, lost, "a NOT_SENT", "b NOT_SENT", "c NOT_SENT");
    assertThat(send.mayRetry(1)).isTrue();
    assertThat(send.room()).isEqualTo(2);
    transaction(send, 0, lost, "a NOT_SENT", "b NOT_SENT");
    assertThat(send.mayRetry(1)).as("it was not for the number").isFalse();
    assertThat(send.room()).isEqualTo(2);
  }

  @Test
  void roomGrowsWhileNothingIsSaidAgainstIt() {
    PendingSend send = send("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(send.room()).isEqualTo(Integer.MAX_VALUE);
    transaction(send, 1, null, "a ACCEPTED", "b NOT_SENT");
    assertThat(send.room()).isEqualTo(1);
    transaction(send, 0, null, "b ACCEPTED");
    assertThat(send.room()).isEqualTo(2);
    transaction(send, 0, null, "c ACCEPTED", "d REJECTED");
    assertThat(send.room()).isEqualTo(4);
    transaction(send, 3, null, "e ACCEPTED", "f ACCEPTED", "g ACCEPTED", "h NOT_SENT");
    assertThat(send.room()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"false,true", "true,false"})
  void contentThatCameOnceCannotComeAgainForTheRest(boolean repeatable, boolean refused) {
    PendingSend send =
        send(
            repeatable ? MessageBody.repeatable(Flux.empty()) : MessageBody.publisher(Flux.empty()),
            "a",
            "b");
    send.contentUsed();
    transaction(send, 1, lost, "a UNKNOWN", "b NOT_SENT");
    assertThat(send.mayRetry(3)).isEqualTo(!refused);
    if (refused) {
      assertThat(finished(send).cause())
          .isInstanceOf(MessageRefusedException.class)
          .hasMessageContaining("read")
          .hasCause(lost);
    }
  }

  @Test
  void whatIsUnknownKeepsItsCauseWhateverBecomesOfTheRest() {
    PendingSend send = send("a", "b");
    transaction(send, 1, lost, "a UNKNOWN", "b NOT_SENT");
    transaction(send, 0, null, "b ACCEPTED");
    SendResult result = finished(send);
    assertThat(outcomes(result)).containsExactly("a UNKNOWN null", "b ACCEPTED null");
    assertThat(result.cause()).isSameAs(lost);
  }

  @Test
  void anErrorForAllDoesNotHideWhatIsKnown() {
    PendingSend send = send("a", "b");
    transaction(send, 0, null, "a ACCEPTED");
    SmtpException wrong = new SmtpException("no such host");
    send.fail(wrong);
    assertThat(errors).isEmpty();
    assertThat(outcomes(results.get(0))).containsExactly("a ACCEPTED null", "b NOT_SENT null");
    assertThat(results.get(0).cause()).isSameAs(wrong);
  }

  @Test
  void anErrorForAllIsAnError() {
    SmtpException wrong = new SmtpException("no such host");
    send("a").fail(wrong);
    assertThat(errors).containsExactly(wrong);
    assertThat(results).isEmpty();
  }
}
