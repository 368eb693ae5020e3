package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.NO_CHUNKING;
import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static io.github.reactivesmtp.client.internal.Wire.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.MailParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What each mode puts on the wire, write by write: the design's table of pipelining modes. */
class PipeliningWireTest {

  private static final String TO = "to@to.example";

  private static String mail(String name) {
    return "MAIL FROM:<" + name + "@from.example>\r\n";
  }

  private static String rcpt(String to) {
    return "RCPT TO:<" + to + ">\r\n";
  }

  private static String group(String name) {
    return mail(name) + rcpt(TO) + "DATA\r\n";
  }

  private static String bdat(String name) {
    return "BDAT " + text(name).length() + " LAST\r\n" + text(name);
  }

  @Test
  void offSaysOneCommandAtATime() {
    Wire wire = Wire.with(Pipelining.OFF, CHUNKING[0], "8BITMIME");
    wire.send(envelope("a", TO, "two@to.example"));

    assertThat(wire.said()).isEqualTo(mail("a"));
    assertThat(wire.reply("250 ok").said()).isEqualTo(rcpt(TO));
    assertThat(wire.reply("250 ok").said()).isEqualTo(rcpt("two@to.example"));
    assertThat(wire.reply("250 ok").said()).isEqualTo("DATA\r\n");
    assertThat(wire.reply("354 go").said()).isEqualTo(text("a") + ".\r\n");
    wire.reply("250 queued");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.isDrained()).isTrue();
  }

  @Test
  void withoutPipeliningOfferedGroupedIsOff() {
    Wire wire = Wire.with(Pipelining.GROUPED, "CHUNKING");
    wire.send(envelope("a", TO));

    assertThat(wire.said()).isEqualTo(mail("a"));
    assertThat(wire.reply("250 ok").said()).isEqualTo(rcpt(TO));
    assertThat(wire.reply("250 ok").said()).isEqualTo(bdat("a"));
    wire.reply("250 queued");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
  }

  @Test
  void groupedWithDataIsTwoWritesAMessage() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));

    assertThat(wire.writes()).containsExactly(group("a"));
    assertThat(wire.reply("250 ok", "250 ok", "354 go").writes())
        .containsExactly(text("a") + ".\r\n");
    assertThat(wire.reply("250 queued").writes()).containsExactly(group("b"));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
  }

  @Test
  void groupedWithChunkingIsOneWriteAMessage() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));

    assertThat(wire.writes()).containsExactly(mail("a") + rcpt(TO) + bdat("a"));
    // The positive reply to the content was read: the server is outside a transaction.
    assertThat(wire.reply("250 ok", "250 ok", "250 queued").writes())
        .containsExactly(mail("b") + rcpt(TO) + bdat("b"));
  }

  @Test
  void overlappedSendsContentAndTheNextGroupInOneWrite() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO), envelope("c", TO));

    assertThat(wire.writes()).containsExactly(group("a"));
    assertThat(wire.reply("250 ok", "250 ok", "354 go").writes())
        .containsExactly(text("a") + ".\r\n" + group("b"));
    assertThat(wire.outcomes()).isEmpty();
    assertThat(wire.reply("250 queued a", "250 ok", "250 ok", "354 go").writes())
        .containsExactly(text("b") + ".\r\n" + group("c"));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.reply("250 queued b", "250 ok", "250 ok", "354 go").writes())
        .containsExactly(text("c") + ".\r\n");
    wire.reply("250 queued c");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED", "c ACCEPTED");
    assertThat(wire.isDrained()).isTrue();
  }

  @Test
  void overlappedWithChunkingSaysRsetAndWaitsForTheRecipients() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));

    assertThat(wire.writes()).containsExactly(mail("a") + rcpt(TO));
    assertThat(wire.reply("250 ok", "250 ok").writes())
        .containsExactly(bdat("a") + "RSET\r\n" + mail("b") + rcpt(TO));
    assertThat(wire.reply("250 queued a", "250 reset", "250 ok", "250 ok").writes())
        .containsExactly(bdat("b"));
    wire.reply("250 queued b");
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED");
  }

  @Test
  void repliesAreMatchedByCountHoweverTheyAreCut() {
    String replies = "250 ok\r\n550 no\r\n250-more\r\n250 ok\r\n354 go\r\n";
    for (int cut = 1; cut < replies.length(); cut++) {
      Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
      wire.send(envelope("a", "one@to.example", "two@to.example"));
      wire.raw(replies.substring(0, cut)).raw(replies.substring(cut)).reply("250 queued");

      assertThat(wire.results().get(0).recipients())
          .extracting(r -> r.address() + " " + r.outcome())
          .containsExactly("one@to.example REJECTED", "two@to.example ACCEPTED");
      wire.writes();
    }
  }

  @Test
  void rsetComesFirstAfterATransactionWhoseRecipientsWereAllRefused() {
    for (String[] extensions : new String[][] {CHUNKING, NO_CHUNKING}) {
      for (Pipelining mode : Pipelining.values()) {
        Wire wire = Wire.with(mode, extensions);
        wire.send(envelope("a", TO), envelope("b", TO));
        wire.reply("250 ok");
        if (mode == Pipelining.OFF) {
          wire.said();
          wire.reply("550 no");
        } else if (extensions == NO_CHUNKING) {
          wire.said();
          wire.reply("550 no", "554 no valid recipients");
        } else if (mode == Pipelining.STREAMING) {
          assertThat(wire.said()).contains("\r\nRSET\r\nMAIL FROM:<b@from.example>");
          wire.reply("550 no", "554 no valid recipients", "250 ok", "250 ok", "250 ok", "250 ok");
          assertThat(wire.outcomes()).containsExactly("a REJECTED", "b ACCEPTED");
          continue;
        } else if (mode == Pipelining.GROUPED) {
          wire.said();
          wire.reply("550 no", "554 no valid recipients");
        } else {
          wire.said();
          wire.reply("550 no");
        }
        assertThat(wire.said()).as(mode + " " + extensions.length).startsWith("RSET\r\n");
        assertThat(wire.outcomes()).containsExactly("a REJECTED");
        wire.hangUp();
      }
    }
  }

  @Test
  void allRefusedAnd354AllTheSameIsAnsweredWithALoneDot() {
    Wire wire = Wire.with(Pipelining.GROUPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.said();

    assertThat(wire.reply("250 ok", "550 5.1.1 no", "354 go").said()).isEqualTo(".\r\n");
    // The lone dot ended the transaction: no RSET.
    assertThat(wire.reply("554 no valid recipients").said()).isEqualTo(group("b"));
    assertThat(wire.results().get(0).recipients().get(0).reply().code()).isEqualTo(550);
  }

  @Test
  void aServerThatAnswers503ToTheOverlappingGroupGetsItAgainAlone() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, NO_CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO), envelope("c", TO));
    wire.said();
    wire.reply("250 ok", "250 ok", "354 go").said();

    assertThat(wire.reply("250 queued a", "503 no", "503 no", "503 no").said())
        .isEqualTo("RSET\r\n" + group("b"));
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    // From now on one message a group.
    assertThat(wire.reply("250 ok", "250 ok", "250 ok", "354 go").said())
        .isEqualTo(text("b") + ".\r\n");
    assertThat(wire.reply("250 queued b").said()).isEqualTo(group("c"));
    assertThat(wire.results().get(1).attempts()).isEqualTo(1);
  }

  @Test
  void aServerThatAnswers503ToTheOverlappingGroupAfterBdatGetsItAgainAlone() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, CHUNKING);
    wire.send(envelope("a", TO), envelope("b", TO));
    wire.said();
    wire.reply("250 ok", "250 ok").said();

    assertThat(wire.reply("250 queued a", "503 no", "503 no", "503 no").said())
        .isEqualTo("RSET\r\n" + mail("b") + rcpt(TO));
  }

  @Test
  void bdatIsNeverMixedWithDataInATransaction() {
    Wire wire = Wire.with(Pipelining.GROUPED, CHUNKING);
    wire.send(envelope("a", TO));
    String said = wire.said();
    said += wire.reply("250 ok", "250 ok", "250 queued").said();
    assertThat(said).contains("BDAT").doesNotContain("DATA\r\n");
  }

  // --- extensions

  /** RFC 3030: counted, not touched; what is said next is behind the octets counted. */
  @Test
  void binaryContentLeavesAsItIs() {
    String content = "a\nb\rc\0.\n.\r\n";
    MailParameters binary = MailParameters.builder().body(BodyType.BINARY_MIME).build();
    MessageBody inMemory = MessageBody.text(content);
    Flux<ByteBuf> pieces =
        Flux.just(content.substring(0, 3), content.substring(3))
            .map(text -> Unpooled.copiedBuffer(text, UTF_8));
    for (MessageBody body : List.of(inMemory, MessageBody.publisher(pieces))) {
      Wire wire = Wire.with(Pipelining.OFF, "SIZE", "CHUNKING", "BINARYMIME");
      wire.send(Envelope.builder().from("a@b.c").to(TO).body(body).mailParameters(binary).build());

      assertThat(wire.said()).contains(" BODY=BINARYMIME");
      wire.reply("250 ok").said();
      assertThat(wire.reply("250 ok").said())
          .isEqualTo("BDAT " + content.length() + " LAST\r\n" + content);
      wire.reply("250 queued");
      assertThat(wire.results().get(0).isAccepted()).isTrue();
    }
  }

  @Test
  void requireTlsIsSaidOnAVerifiedConnectionOnly() {
    MailParameters parameters = MailParameters.builder().requireTls(true).build();
    Envelope envelope =
        Envelope.builder()
            .from("a@b.c")
            .to(TO)
            .body(MessageBody.text("x"))
            .mailParameters(parameters)
            .build();
    Wire wire = Wire.with(Pipelining.GROUPED, "PIPELINING", "REQUIRETLS");
    wire.send(envelope);
    assertThat(wire.results().get(0).cause()).isInstanceOf(MessageRefusedException.class);
    wire.encrypted(true);
    wire.send(envelope);
    assertThat(wire.said()).startsWith("MAIL FROM:<a@b.c> REQUIRETLS\r\n");
  }
}
