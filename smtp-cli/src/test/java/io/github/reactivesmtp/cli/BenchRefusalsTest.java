package io.github.reactivesmtp.cli;

import static io.github.reactivesmtp.cli.BenchFixture.rejected;
import static io.github.reactivesmtp.cli.BenchFixture.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.SendPhase;
import io.github.reactivesmtp.client.SmtpException;
import io.github.reactivesmtp.codec.SmtpReply;
import org.junit.jupiter.api.Test;

class BenchRefusalsTest {

  private final BenchRefusals refusals = new BenchRefusals();

  @Test
  void repliesThatDifferInNamesAndNumbersAreOfOneKind() {
    refusals.add(rejected("5.1.1 <a1@x.de>: no such user, see 4X2Z"));
    refusals.add(rejected("5.1.1 <b@y.de>: no such user, see 7A"));
    refusals.add(rejected("5.1.1 <b@y.de>: no such user, see 7A"));
    refusals.add(rejected("5.7.1 <b@y.de>: no such user, see 7A"));
    assertThat(refusals.kinds())
        .containsExactly(
            new BenchRefusals.Kind(
                "rejected: <a@x.de> 550 5.1.1 <a1@x.de>: no such user, see 4X2Z", 3),
            new BenchRefusals.Kind(
                "rejected: <a@x.de> 550 5.7.1 <b@y.de>: no such user, see 7A", 1));
    assertThat(refusals.others()).isZero();
  }

  @Test
  void theSameReplyToSomethingElseIsAnotherKind() {
    SmtpReply reply = SmtpReply.of(451, "4.3.0 later");
    refusals.add(result(Outcome.DEFERRED, reply, SendPhase.MAIL, null));
    refusals.add(result(Outcome.NOT_SENT, reply, SendPhase.MAIL, null));
    assertThat(refusals.kinds()).hasSize(2);
  }

  @Test
  void withoutAReplyTheCauseIsTold() {
    refusals.add(
        result(
            Outcome.UNKNOWN,
            null,
            SendPhase.END_OF_CONTENT,
            new SmtpException("mail.example:25 closed the connection.")));
    assertThat(refusals.kinds())
        .singleElement()
        .satisfies(
            kind -> assertThat(kind.example()).contains("not known", "closed the connection"));
  }

  @Test
  void thereAreFewKinds() {
    for (String word : new String[] {"a", "b", "c", "d", "e", "f", "g", "a"}) {
      refusals.add(rejected("5.0.0 " + word));
    }
    assertThat(refusals.kinds()).hasSize(5).first().extracting("count").isEqualTo(2L);
    assertThat(refusals.others()).isEqualTo(2);
  }
}
