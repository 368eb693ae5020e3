package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LIMITS (RFC 9422). */
class SessionLimitsTest {

  private static SessionLimits limits(String stated) {
    SmtpReply ehlo = SmtpReply.of(250, "mx.example", "LIMITS " + stated);
    return new SessionLimits(Capabilities.parse(ehlo).limits(), Integer.MAX_VALUE);
  }

  private static TransactionPlan plan(String recipients, boolean allOrNothing) {
    List<Recipient> to =
        Arrays.stream(recipients.split(" ", -1))
            .map(address -> new Recipient(MailAddress.parse(address), RcptParameters.NONE))
            .toList();
    return TransactionPlayer.plan(1, Transfer.DATA, true, false, allOrNothing, false).forOnly(to);
  }

  private static String admitted(SessionLimits limits, String recipients, int most) {
    TransactionPlan plan = limits.admit(plan(recipients, false), most);
    return plan == null
        ? "-"
        : plan.recipients().stream()
            .map(recipient -> recipient.address().toString())
            .collect(Collectors.joining(" "));
  }

  /** Each {@code ;} begins another transaction of the same session. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # stated                  | most | asked for               | admitted                 | spent
                                    | 99   | a@x b@y c@z             | a@x b@y c@z              | false
                                    | 2    | a@x b@y c@z             | a@x b@y                  | false
          RCPTMAX=2                 | 99   | a@x b@y c@z ; d@x e@y   | a@x b@y ; d@x e@y        | false
          RCPTMAX=2                 | 1    | a@x b@y c@z             | a@x                      | false
          RCPTMAX=9                 | 99   | a@x b@y c@z             | a@x b@y c@z              | false
          MAILMAX=2                 | 99   | a@x                     | a@x                      | false
          MAILMAX=2                 | 99   | a@x ; b@x               | a@x ; b@x                | true
          MAILMAX=2                 | 99   | a@x ; b@x ; c@x         | a@x ; b@x ; -            | true
          MAILMAX=1                 | 99   | a@x                     | a@x                      | true
          # domains count over the session, in any case
          RCPTDOMAINMAX=1           | 99   | a@x b@y c@X             | a@x c@X                  | false
          RCPTDOMAINMAX=1           | 99   | a@x ; b@X ; c@y         | a@x ; b@X ; -            | true
          RCPTDOMAINMAX=2           | 99   | a@x b@y c@z d@x         | a@x b@y d@x              | false
          RCPTDOMAINMAX=2           | 99   | a@x ; b@y c@z ; d@z     | a@x ; b@y ; -            | true
          RCPTDOMAINMAX=1           | 99   | a@x ; c@y ; d@x         | a@x ; - ; -              | true
          RCPTMAX=2 RCPTDOMAINMAX=2 | 99   | a@x b@x c@y ; d@z e@y   | a@x b@x ; d@z            | false
          RCPTMAX=2 RCPTDOMAINMAX=1 | 99   | a@x b@y c@x d@x         | a@x c@x                  | false
          """)
  void aTransactionHasAsManyRecipientsAsItMay(
      String stated, int most, String asked, String admitted, boolean spent) {
    SessionLimits limits = limits(stated == null ? "" : stated);
    String found =
        Arrays.stream(asked.split(" ; ", -1))
            .map(recipients -> admitted(limits, recipients, most))
            .collect(Collectors.joining(" ; "));
    assertThat(found).isEqualTo(admitted);
    assertThat(limits.isSpent()).isEqualTo(spent);
  }

  @Test
  void whatIsWithinTheLimitsIsNotCopied() {
    TransactionPlan plan = plan("a@x b@y", false);
    assertThat(limits("RCPTMAX=2 MAILMAX=5").admit(plan, 99)).isSameAs(plan);
    assertThat(limits("RCPTDOMAINMAX=2").admit(plan, 99)).isSameAs(plan);
  }

  @ParameterizedTest
  @CsvSource({"RCPTMAX=1", "RCPTDOMAINMAX=1"})
  void allOrNothingIsRefusedIfNoSessionMayHaveAll(String stated) {
    SessionLimits limits = limits(stated);
    assertThatThrownBy(() -> limits.admit(plan("a@x b@y", true), 99))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("LIMITS")
        .hasMessageContaining("Nothing was sent");
    assertThat(limits.isSpent()).isFalse();
  }

  @Test
  void allOrNothingGoesToAnotherSessionIfThatMayHaveAll() {
    SessionLimits limits = limits("RCPTDOMAINMAX=2");
    assertThat(limits.admit(plan("a@x", true), 99)).isNotNull();
    assertThat(limits.admit(plan("a@y b@z", true), 99)).isNull();
    assertThat(limits.isSpent()).isTrue();
  }
}
