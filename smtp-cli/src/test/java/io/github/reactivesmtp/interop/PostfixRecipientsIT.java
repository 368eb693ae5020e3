package io.github.reactivesmtp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.ConnectionEvent;
import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.Outcome;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.RecipientResult;
import io.github.reactivesmtp.client.SendResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More recipients than Postfix takes at once, some of them refused: each gets one copy or a reply
 * of its own, and the next message goes out under its own sender.
 */
@NeedsPostfix
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostfixRecipientsIT {

  private final PostfixServer postfix;
  private final AtomicInteger connections = new AtomicInteger();

  PostfixRecipientsIT(PostfixServer postfix) {
    this.postfix = postfix;
  }

  static Stream<Arguments> modes() {
    return Stream.of(Pipelining.values())
        .flatMap(mode -> Stream.of(true, false).map(chunking -> Arguments.of(mode, chunking)));
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @MethodSource("modes")
  void eachGetsOneCopy(Pipelining pipelining, boolean chunking) throws IOException {
    Envelope message = Mail.envelope("s", some("a", 12));

    List<SendResult> results = send(pipelining, chunking, List.of(message));

    assertThat(results).singleElement().matches(SendResult::isAccepted);
    assertThat(Clients.outcomes(results.get(0))).hasSize(12).containsOnly(Outcome.ACCEPTED);
    assertThat(postfix.takeMessages(12)).containsExactlyInAnyOrderElementsOf(Mail.copies(message));
  }

  @ParameterizedTest(name = "{0}, chunking {1}")
  @MethodSource("modes")
  void eachOfMixedOnesGetsWhatIsItsOwn(Pipelining pipelining, boolean chunking) throws IOException {
    List<String> recipients = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      recipients.addAll(List.of("refused" + i, "a" + i, "later" + i, "b" + i));
    }
    Envelope mixed = Mail.envelope("mixed", recipients.toArray(String[]::new));
    Envelope refused = Mail.envelope("refused", some("refused", 7));
    Envelope after = Mail.envelope("after", some("c", 7));

    List<SendResult> results = send(pipelining, chunking, List.of(mixed, refused, after));

    assertThat(results)
        .extracting(result -> result.envelope().tag() + " " + result.outcome())
        .containsExactlyInAnyOrder("mixed PARTIAL", "refused REJECTED", "after ACCEPTED");
    results.stream()
        .flatMap(result -> result.recipients().stream())
        .forEach(PostfixRecipientsIT::assertItsOwn);
    List<DeliveredMessage> expected = new ArrayList<>(Mail.copies(List.of(mixed, after)));
    expected.removeIf(copy -> copy.recipient().matches("(refused|later).*"));
    assertThat(postfix.takeMessages(expected.size())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(connections).as("or the next message's sender would prove nothing").hasValue(1);
  }

  private static void assertItsOwn(RecipientResult result) {
    String address = result.address().toString();
    String expected =
        address.startsWith("refused")
            ? "REJECTED 550 5.1.1"
            : address.startsWith("later") ? "DEFERRED 450 4.2.1" : "ACCEPTED 250 2.0.0";
    assertThat(result.outcome() + " " + result.reply()).as(address).startsWith(expected);
  }

  private List<SendResult> send(Pipelining pipelining, boolean chunking, List<Envelope> envelopes) {
    return Clients.sendAll(
        Clients.of(postfix, PostfixService.LIMITED)
            .pipelining(pipelining)
            .chunking(chunking)
            .observer(this::count)
            .pool(pool -> pool.maxConnections(1)),
        envelopes);
  }

  private void count(ConnectionEvent event) {
    if (event instanceof ConnectionEvent.Connected) {
      connections.incrementAndGet();
    }
  }

  private static String[] some(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> name + i).toArray(String[]::new);
  }
}
