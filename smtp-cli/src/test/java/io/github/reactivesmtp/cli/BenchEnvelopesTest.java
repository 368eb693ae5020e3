package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.SendResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchEnvelopesTest {

  private final MessageBody body = MessageBody.text("x");
  private final BenchResults results = new BenchResults();

  @Test
  void recipientsAreNumberedOverAllEnvelopes() {
    BenchEnvelopes envelopes =
        new BenchEnvelopes(template("s{n}@x.de"), template("r{n}@x.de"), 3, body);
    assertThat(envelopes.take(0, results).recipients())
        .extracting(recipient -> recipient.address().toString())
        .containsExactly("r1@x.de", "r2@x.de", "r3@x.de");
    Envelope second = envelopes.take(0, results);
    assertThat(second.reversePath()).hasToString("s2@x.de");
    assertThat(second.recipients()).first().asString().contains("r4@x.de");
  }

  @Test
  void oneIsUnderWayOnce() {
    BenchEnvelopes envelopes = new BenchEnvelopes(null, template("r{n}@x.de"), 1, body);
    Set<Envelope> underWay = new HashSet<>();
    for (int i = 0; i < 3 * BenchEnvelopes.MADE; i++) {
      assertThat(underWay.add(envelopes.take(i, results))).isTrue();
    }
    List<Envelope> all = new ArrayList<>(underWay);
    all.forEach(envelope -> envelopes.giveBack(resultOf(envelope), 1_000_000));
    assertThat(results.tally().total()).isEqualTo(3 * BenchEnvelopes.MADE);
    for (int i = 0; i < 3 * BenchEnvelopes.MADE; i++) {
      assertThat(envelopes.take(i, results)).isSameAs(all.get(i));
    }
    assertThat(addresses(all)).hasSize(BenchEnvelopes.MADE);
    assertThat(all).allMatch(envelope -> envelope.body() == body);
  }

  @Test
  void manyRecipientsDoNotBecomeTooMany() {
    BenchEnvelopes envelopes = new BenchEnvelopes(null, template("r{n}@x.de"), 10_000, body);
    Set<String> addresses = new HashSet<>();
    for (int i = 0; i < 11; i++) {
      addresses.addAll(addresses(List.of(envelopes.take(0, results))));
    }
    assertThat(addresses).hasSize(100_000);
  }

  @Test
  void anEnvelopeOfSomebodyElseIsAnError() {
    BenchEnvelopes envelopes = new BenchEnvelopes(null, template("r@x.de"), 1, body);
    assertThatThrownBy(() -> envelopes.giveBack(BenchFixture.accepted(), 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SendResult resultOf(Envelope envelope) {
    SendResult like = BenchFixture.accepted();
    return new SendResult(envelope, like.outcome(), like.recipients(), like.reply(), 1, null, null);
  }

  private static Set<String> addresses(List<Envelope> envelopes) {
    Set<String> addresses = new HashSet<>();
    envelopes.forEach(e -> e.recipients().forEach(r -> addresses.add(r.address().toString())));
    return addresses;
  }

  private static AddressTemplate template(String text) {
    return new AddressTemplate("--to", text);
  }
}
