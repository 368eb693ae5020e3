package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.SendResult;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.Notify;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.Ret;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery status notifications (RFC 3461), asked of Postfix and written by it. */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixDsnIT {

  /** With what xtext encodes. */
  private static final String ENVID = "no. 1+1=2";

  private static final String ORIGINAL = "first+one@elsewhere.test";

  private final PostfixServer postfix;

  PostfixDsnIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCESS,               true",
    "SUCCESS DELAY FAILURE, true",
    "FAILURE,               false",
    "NEVER,                 false",
    "'',                    false"
  })
  void senderIsNotifiedOfDeliveryIfThatWasAskedFor(String notify, boolean notified)
      throws IOException {
    send(envelope(notify));

    assertThat(postfix.takeMessages(notified ? 2 : 1))
        .extracting(copy -> copy.returnPath() + " to " + copy.recipient())
        .containsExactlyInAnyOrderElementsOf(
            notified
                ? List.of("s@example.test to a@example.test", " to s@example.test")
                : List.of("s@example.test to a@example.test"));
  }

  @Test
  void notificationNamesEnvelopeAndOriginalRecipient() throws IOException {
    send(envelope("SUCCESS"));

    assertThat(postfix.takeMessages(2))
        .filteredOn(copy -> copy.returnPath().isEmpty())
        .singleElement()
        .extracting(DeliveredMessage::content)
        .asString()
        .contains("\nOriginal-Envelope-Id: " + ENVID + "\n")
        .contains("\nFinal-Recipient: rfc822; a@example.test\n")
        .contains("\nOriginal-Recipient: rfc822;" + ORIGINAL + "\n")
        .contains("\nAction: delivered\n");
  }

  private void send(Envelope envelope) {
    assertThat(Clients.send(Clients.of(postfix, PostfixService.PLAIN), envelope))
        .matches(SendResult::isAccepted);
  }

  private static Envelope envelope(String notify) {
    Set<Notify> events =
        Stream.of(notify.split(" "))
            .filter(event -> !event.isEmpty())
            .map(Notify::valueOf)
            .collect(Collectors.toSet());
    return Mail.builder("s")
        .to(
            MailAddress.parse(Mail.address("a")),
            RcptParameters.builder().notify(events).orcpt("rfc822", ORIGINAL).build())
        .mailParameters(MailParameters.builder().envid(ENVID).ret(Ret.HDRS).build())
        .build();
  }
}
