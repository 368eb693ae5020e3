package io.github.reactivesmtp.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.SmtpReply;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

class TransactionPlanTest {

  private final TestOptions options = new TestOptions();
  private MailParameters asked = MailParameters.NONE;
  private String from = "me@from.example";
  private String to = "you@to.example";
  private String[] more = {};

  private TransactionPlan plan(MessageBody body, String... extensions) {
    Envelope envelope =
        Envelope.builder().from(from).to(to).to(more).body(body).mailParameters(asked).build();
    String[] ehlo =
        Stream.concat(Stream.of("mx.example"), Stream.of(extensions)).toArray(String[]::new);
    return TransactionPlan.of(
        envelope,
        envelope.recipients(),
        MessageFacts.of(envelope),
        Capabilities.parse(SmtpReply.of(250, ehlo)),
        false,
        options.build(),
        false,
        false);
  }

  private static MessageBody octets(int length) {
    return MessageBody.text("x".repeat(length - 2) + "\r\n");
  }

  private static MessageBody.Streamed streamed() {
    return (MessageBody.Streamed) MessageBody.publisher(Flux.empty());
  }

  // --- SIZE (RFC 1870)

  @ParameterizedTest
  @CsvSource({"SIZE 100,100", "SIZE 100,99", "SIZE 0,5000", "SIZE,5000"})
  void sizeIsDeclaredUpToTheLimit(String extension, int length) {
    assertThat(plan(octets(length), extension).parameters().size()).hasValue(length);
  }

  @Test
  void moreThanTheLimitIsNotTried() {
    assertThatThrownBy(() -> plan(octets(101), "SIZE 100"))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("101")
        .hasMessageContaining("100");
    assertThatThrownBy(() -> plan(streamed().withLength(101), "SIZE 100"))
        .isInstanceOf(MessageRefusedException.class);
  }

  @Test
  void sizeIsNotDeclaredUnlessOfferedAndKnown() {
    assertThat(plan(octets(10)).parameters()).isEqualTo(MailParameters.NONE);
    assertThat(plan(streamed(), "SIZE 100").parameters().size()).isEmpty();
    assertThat(plan(streamed().withLength(7), "SIZE 100").parameters().size()).hasValue(7);
  }

  /** RFC 1870 §5 counts what is transferred, line ends as CRLF and without stuffed dots. */
  @Test
  void sizeCountsLineEndsAsTheyGoOut() {
    assertThat(plan(MessageBody.text("a\n.b\nc"), "SIZE").parameters().size())
        .isEqualTo(OptionalLong.of("a\r\n.b\r\nc\r\n".length()));
  }

  // --- 8-bit content (RFC 6152)

  @Test
  void eightBitContentIsDeclaredWhereOfferedAndRefusedWhereNot() {
    MessageBody body = MessageBody.text("gr\u00fc\u00dfe\r\n");
    assertThat(plan(body, "8BITMIME").parameters().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    assertThatThrownBy(() -> plan(body))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("8BITMIME");
    options.allowEightBit = true;
    assertThat(plan(body).parameters().body()).isNull();
  }

  @Test
  void sevenBitContentIsNotDeclared() {
    assertThat(plan(octets(10), "8BITMIME").parameters().body()).isNull();
    assertThat(plan(octets(10)).parameters().body()).isNull();
  }

  @Test
  void contentNotYetSeenMayBeEightBit() {
    assertThat(plan(streamed(), "8BITMIME").parameters().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    // Looked at while it goes out: TransactionPlan has nothing to refuse yet.
    assertThat(plan(streamed()).parameters().body()).isNull();
  }

  @Test
  void whatTheEnvelopeAsksForStands() {
    asked = MailParameters.builder().body(BodyType.SEVEN_BIT).envid("42").build();
    MailParameters parameters = plan(MessageBody.text("\u00fc"), "8BITMIME", "DSN").parameters();
    assertThat(parameters.body()).isEqualTo(BodyType.SEVEN_BIT);
    assertThat(parameters.envid()).isEqualTo("42");
  }

  // --- bare newlines

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n", "a\r\n\r"})
  void bareNewlinesAreRefusedIfTold(String content) {
    MessageBody body = MessageBody.text(content);
    assertThat(plan(body).recipients()).hasSize(1);
    options.bareNewlines = BareNewlines.REJECT;
    assertThatThrownBy(() -> plan(body)).isInstanceOf(MessageRefusedException.class);
    assertThat(plan(MessageBody.text("a\r\nb\r\n")).recipients()).hasSize(1);
  }

  // --- SMTPUTF8 (RFC 6531)

  @ParameterizedTest
  @CsvSource({
    "j\u00f6rg@from.example,you@to.example",
    "me@from.example,j\u00f6rg@to.example",
    "me@from.example,j\u00f6rg@b\u00fccher.example",
    "me@from.example,you@fa\u00df.example"
  })
  void addressesBeyondAsciiNeedSmtpUtf8(String sender, String recipient) {
    from = sender;
    to = recipient;
    assertThat(plan(octets(10), "SMTPUTF8").parameters().smtpUtf8()).isTrue();
    assertThatThrownBy(() -> plan(octets(10), "8BITMIME"))
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("SMTPUTF8");
  }

  @ParameterizedTest
  @CsvSource({
    "me@b\u00fccher.example,you@to.example",
    "me@from.example,you@b\u00fccher.example",
    "me@b\u00fccher.example,you@B\u00dcCHER.example"
  })
  void domainsBeyondAsciiGoInAsciiWhereSmtpUtf8IsNotOffered(String sender, String recipient) {
    from = sender;
    to = recipient;
    TransactionPlan offered = plan(octets(10), "SMTPUTF8");
    assertThat(offered.parameters().smtpUtf8()).isTrue();
    assertThat(offered.mail().toString()).contains("<" + sender + ">");

    TransactionPlan plan = plan(octets(10));
    assertThat(plan.parameters().smtpUtf8()).isFalse();
    MailTransaction transaction = new MailTransaction(plan);
    String said = transaction.nextCommand() + " " + transaction.nextCommand();
    assertThat(said)
        .contains("xn--bcher-kva.example")
        .is(new Condition<>(s -> s.chars().allMatch(c -> c < 128), "ASCII"));
    assertThat(transaction.outcome(null).recipients().get(0).address()).hasToString(recipient);
  }

  @Test
  void asciiAddressesDoWithoutSmtpUtf8() {
    assertThat(plan(octets(10), "SMTPUTF8").parameters().smtpUtf8()).isFalse();
  }

  // --- choice of transfer and pipelining

  @ParameterizedTest
  @CsvSource({
    // mode, offered, transfer, pipelined
    "OFF,         PIPELINING CHUNKING, BDAT,         false",
    "OFF,         PIPELINING,          DATA,         false",
    "OFF,         CHUNKING,            BDAT,         false",
    "GROUPED,     PIPELINING CHUNKING, BDAT_AT_ONCE, true",
    "GROUPED,     PIPELINING,          DATA,         true",
    "GROUPED,     CHUNKING,            BDAT,         false",
    "GROUPED,     SIZE,                DATA,         false",
    "OVERLAPPED,  PIPELINING CHUNKING, BDAT,         true",
    "OVERLAPPED,  PIPELINING,          DATA,         true",
    "OVERLAPPED,  CHUNKING,            BDAT,         false",
    "OVERLAPPED,  SIZE,                DATA,         false"
  })
  void modeAndOfferDecide(Pipelining mode, String offered, Transfer transfer, boolean pipelined) {
    options.pipelining = mode;
    TransactionPlan plan = plan(octets(10), offered.split(" "));
    assertThat(plan.transfer()).isEqualTo(transfer);
    assertThat(plan.pipelined()).isEqualTo(pipelined);

    options.chunking = false;
    assertThat(plan(octets(10), offered.split(" ")).transfer()).isEqualTo(Transfer.DATA);
  }

  @Test
  void onlyContentThatIsThereAndSmallIsSentAtOnce() {
    String[] offered = {"PIPELINING", "CHUNKING"};
    int limit = TransactionPlan.AT_ONCE_LIMIT;
    assertThat(plan(octets(limit), offered).transfer()).isEqualTo(Transfer.BDAT_AT_ONCE);
    assertThat(plan(octets(limit + 1), offered).transfer()).isEqualTo(Transfer.BDAT);
    assertThat(plan(streamed().withLength(10), offered).transfer()).isEqualTo(Transfer.BDAT);
    assertThat(plan(streamed(), offered).transfer()).isEqualTo(Transfer.BDAT);
  }

  /** RFC 5321 §4.5.3.1.8: up to a hundred recipients a server must take. */
  @ParameterizedTest
  @CsvSource({"100,BDAT_AT_ONCE", "101,BDAT"})
  void contentWaitsWhereTheServerMaySayTooMany(int recipients, Transfer transfer) {
    to = "0@to.example";
    more = IntStream.range(1, recipients).mapToObj(i -> i + "@to.example").toArray(String[]::new);
    assertThat(plan(octets(10), "PIPELINING", "CHUNKING").transfer()).isEqualTo(transfer);
  }

  /** RFC 2033: the number of replies to the content must be known before it is sent. */
  @Test
  void lmtpWaitsForTheRecipients() {
    options.lmtp = true;
    TransactionPlan plan = plan(octets(10), "PIPELINING", "CHUNKING");
    assertThat(plan.transfer()).isEqualTo(Transfer.BDAT);
    assertThat(plan.lmtp()).isTrue();
  }

  // --- BINARYMIME (RFC 3030)

  @Test
  void binaryContentIsCountedAsItIsAndNotLookedAt() {
    asked = MailParameters.builder().body(BodyType.BINARY_MIME).build();
    options.bareNewlines = BareNewlines.REJECT;
    TransactionPlan plan = plan(MessageBody.text("\u00fc\n\r\0"), "SIZE", "BINARYMIME", "CHUNKING");
    assertThat(plan.parameters().size()).hasValue(5);
    assertThat(plan.parameters().body()).isEqualTo(BodyType.BINARY_MIME);
    assertThat(plan.transfer()).isEqualTo(Transfer.BDAT);
  }

  @Test
  void allOrNothingWaitsForTheRecipients() {
    options.allOrNothing = true;
    TransactionPlan plan = plan(octets(10), "PIPELINING", "CHUNKING");
    assertThat(plan.transfer()).isEqualTo(Transfer.BDAT);
    assertThat(plan.pipelined()).isTrue();
    assertThat(plan.allOrNothing()).isTrue();
  }
}
