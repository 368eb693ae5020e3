package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.Wire.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.MessageBody;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.SendResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

/** One envelope over several transactions, and one result of them all. */
class RecipientSplitTest {

  /** A server whose recipients' names say what becomes of them. */
  private static final class Server {

    private final int takes;
    private final List<String> delivered = new ArrayList<>();
    private List<String> recipients = new ArrayList<>();
    private int rcptCommands;
    private int mostRcptCommands;

    /** {@code takes}: recipients of a message; 452 to those beyond. */
    Server(int takes) {
      this.takes = takes;
    }

    /** Answers until there is nothing more to answer. */
    void serve(Wire wire) {
      for (String said = wire.said(); !said.isEmpty(); said = wire.said()) {
        for (String line : said.split("\r\n", -1)) {
          String reply = reply(line);
          if (reply != null) {
            wire.reply(reply);
          }
        }
      }
    }

    private String reply(String line) {
      if (line.startsWith("RSET") || line.startsWith("MAIL")) {
        recipients = new ArrayList<>();
        rcptCommands = 0;
        return "250 ok";
      } else if (line.startsWith("RCPT")) {
        mostRcptCommands = Math.max(mostRcptCommands, ++rcptCommands);
        return rcpt(line.replaceAll(".*<|@.*", ""));
      } else if (line.equals("DATA")) {
        return recipients.isEmpty() ? "554 no valid recipients" : "354 go";
      } else if (line.equals(".") || line.startsWith("BDAT")) {
        return recipients.isEmpty() ? "554 no valid recipients" : deliver();
      }
      return null;
    }

    private String rcpt(String name) {
      if (name.startsWith("no")) {
        return "550 5.1.1 no such user";
      } else if (name.startsWith("busy")) {
        return "450 4.2.0 later";
      } else if (recipients.size() >= takes) {
        return "452 4.5.3 Error: too many recipients";
      }
      recipients.add(name);
      return "250 2.1.5 ok";
    }

    private String deliver() {
      delivered.add(String.join(" ", recipients));
      recipients = new ArrayList<>();
      return "250 2.0.0 queued " + delivered.size();
    }
  }

  private static String[] addresses(String names) {
    return Arrays.stream(names.split(" ", -1)).map(n -> n + "@to.example").toArray(String[]::new);
  }

  private static String outcomes(SendResult result) {
    return result.recipients().stream()
        .map(r -> r.address().localPart() + ":" + r.outcome().name().charAt(0))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # to           | most | delivered         | results
          a b c d e      | 1    | a/b/c/d/e         | a:A b:A c:A d:A e:A
          a b c d e      | 2    | a b/c d/e         | a:A b:A c:A d:A e:A
          a b c d e      | 3    | a b c/d e         | a:A b:A c:A d:A e:A
          a b c d e      | 5    | a b c d e         | a:A b:A c:A d:A e:A
          a no b busy c  | 1    | a/b/c             | a:A no:R b:A busy:D c:A
          a no b busy c  | 2    | a/b/c             | a:A no:R b:A busy:D c:A
          a no b busy c  | 3    | a b/c             | a:A no:R b:A busy:D c:A
          no1 no2 a b c  | 2    | a b/c             | no1:R no2:R a:A b:A c:A
          no1 no2 no3 a b| 3    | a b               | no1:R no2:R no3:R a:A b:A
          a b no1 no2 no3| 2    | a b               | a:A b:A no1:R no2:R no3:R
          """)
  void rcptMaxSplitsTheRecipients(String to, int most, String delivered, String results) {
    for (Pipelining mode : Pipelining.values()) {
      for (String chunking : new String[] {"CHUNKING", "SIZE"}) {
        Wire wire = Wire.with(mode, "PIPELINING", chunking, "LIMITS RCPTMAX=" + most);
        Server server = new Server(99);
        wire.send(envelope("a", addresses(to)), envelope("next", "z@to.example"));
        server.serve(wire);

        // In OVERLAPPED the next envelope comes in between.
        assertThat(server.delivered).as(mode + " " + chunking).containsOnlyOnce("z");
        server.delivered.remove("z");
        assertThat(String.join("/", server.delivered)).isEqualTo(delivered);
        assertThat(server.mostRcptCommands).isLessThanOrEqualTo(most);
        assertOneResult(wire, results);
      }
    }
  }

  private static void assertOneResult(Wire wire, String results) {
    assertThat(wire.results()).hasSize(2);
    boolean first = wire.results().get(0).envelope().tag().equals("a");
    SendResult result = wire.results().get(first ? 0 : 1);
    assertThat(outcomes(result)).isEqualTo(results);
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.cause()).isNull();
    assertThat(wire.isDrained()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # to           | takes | delivered        | results
          a b c d e      | 1     | a/b/c/d/e        | a:A b:A c:A d:A e:A
          a b c d e      | 2     | a b/c d/e        | a:A b:A c:A d:A e:A
          a b c d e      | 3     | a b c/d e        | a:A b:A c:A d:A e:A
          a b c d e      | 5     | a b c d e        | a:A b:A c:A d:A e:A
          a no b busy c  | 1     | a/b/c            | a:A no:R b:A busy:D c:A
          a no b busy c  | 2     | a b/c            | a:A no:R b:A busy:D c:A
          no1 no2 a b c  | 2     | a b/c            | no1:R no2:R a:A b:A c:A
          # not even one: no more than a refusal
          a b            | 0     |                  | a:D b:D
          no a b         | 0     |                  | no:R a:D b:D
          """)
  void tooManyIsFollowedByAFurtherTransaction(
      String to, int takes, String delivered, String results) {
    for (Pipelining mode : Pipelining.values()) {
      for (String chunking : new String[] {"CHUNKING", "SIZE"}) {
        Wire wire = Wire.with(mode, "PIPELINING", chunking);
        Server server = new Server(takes);
        // One that goes where none is taken either.
        wire.send(envelope("a", addresses(to)), envelope("next", "no@to.example"));
        server.serve(wire);

        assertThat(String.join("/", server.delivered))
            .as(mode + " " + chunking)
            .isEqualTo(delivered == null ? "" : delivered);
        assertOneResult(wire, results);
      }
    }
  }

  // --- what cannot be split

  @Test
  void allOrNothingIsRefusedBeforeAnythingIsSaid() {
    Wire wire = Wire.with(o -> o.allOrNothing = true, "PIPELINING", "LIMITS RCPTMAX=2");
    wire.send(envelope("a", addresses("a b c")), envelope("b", addresses("a b")));
    assertThat(wire.outcomes()).containsExactly("a NOT_SENT");
    assertThat(wire.results().get(0).cause())
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("LIMITS");
    new Server(99).serve(wire);
    assertThat(wire.outcomes()).containsExactly("a NOT_SENT", "b ACCEPTED");
  }

  @Test
  void contentThatComesOnceGoesToTheFirstOnly() {
    Flux<ByteBuf> once = Flux.just(Unpooled.copiedBuffer("x\r\n", StandardCharsets.UTF_8));
    Wire wire = Wire.with(Pipelining.GROUPED, "PIPELINING", "LIMITS RCPTMAX=2");
    Server server = new Server(99);
    wire.send(envelope("a", MessageBody.publisher(once), addresses("a b c")));
    server.serve(wire);

    assertThat(server.delivered).containsExactly("a b");
    SendResult result = wire.results().get(0);
    assertThat(outcomes(result)).isEqualTo("a:A b:A c:N");
    assertThat(result.cause())
        .isInstanceOf(MessageRefusedException.class)
        .hasMessageContaining("read again");
  }

  @Test
  void contentThatWasNotTouchedMayGoToTheRest() {
    Flux<ByteBuf> once =
        Flux.defer(() -> Flux.just(Unpooled.copiedBuffer("x\r\n", StandardCharsets.UTF_8)));
    Wire wire = Wire.with(Pipelining.GROUPED, "PIPELINING", "LIMITS RCPTMAX=2");
    Server server = new Server(99);
    wire.send(envelope("a", MessageBody.publisher(once), addresses("no1 no2 c")));
    server.serve(wire);
    assertThat(server.delivered).containsExactly("c");
    assertThat(outcomes(wire.results().get(0))).isEqualTo("no1:R no2:R c:A");
  }

  // --- sessions that are spent

  @ParameterizedTest
  @CsvSource({"GROUPED", "OVERLAPPED", "OFF"})
  void afterMailMaxTheSessionTakesNoMore(Pipelining mode) {
    Wire wire = Wire.with(mode, "PIPELINING", "LIMITS MAILMAX=2 RCPTMAX=2");
    Server server = new Server(99);
    wire.send(envelope("a", addresses("a b c d e")));
    server.serve(wire);

    assertThat(server.delivered).containsExactly("a b", "c d");
    assertThat(wire.results()).isEmpty();
    assertThat(wire.isDrained()).isTrue();
    assertThat(wire.isOpen()).isTrue();
    assertThat(wire.isReusable()).isFalse();

    Wire next = wire.reconnect();
    server.serve(next);
    assertThat(server.delivered).containsExactly("a b", "c d", "e");
    assertThat(outcomes(next.results().get(0))).isEqualTo("a:A b:A c:A d:A e:A");
    assertThat(next.results().get(0).attempts()).isEqualTo(1);
    assertThat(next.isReusable()).isTrue();
  }

  @Test
  void afterRcptDomainMaxTheEnvelopeGoesToAnotherSession() {
    Wire wire = Wire.with(Pipelining.GROUPED, "PIPELINING", "LIMITS RCPTDOMAINMAX=2");
    Server server = new Server(99);
    wire.send(envelope("a", "a@x.example", "b@y.example", "c@z.example", "d@X.example"));
    server.serve(wire);
    assertThat(server.delivered).containsExactly("a b d");
    assertThat(wire.results()).isEmpty();
    assertThat(wire.isReusable()).isFalse();
    assertThat(wire.isDrained()).isTrue();

    Wire next = wire.reconnect();
    server.serve(next);
    assertThat(server.delivered).containsExactly("a b d", "c");
    assertThat(outcomes(next.results().get(0))).isEqualTo("a:A b:A c:A d:A");
    assertThat(next.results().get(0).attempts()).isEqualTo(1);
  }

  /** Haraka refuses the overlapping group; by then MAILMAX is reached. */
  @Test
  void whatIsToBeSaidAgainGoesToAnotherSessionIfThisIsSpent() {
    Wire wire = Wire.with(Pipelining.OVERLAPPED, "PIPELINING", "LIMITS MAILMAX=2");
    wire.send(envelope("a", "a@to.example"), envelope("b", "b@to.example"));
    wire.said();
    wire.reply("250 ok", "250 ok", "354 go").said();
    wire.reply("250 queued a", "503 no", "503 no", "503 no");

    assertThat(wire.said()).isEmpty();
    assertThat(wire.outcomes()).containsExactly("a ACCEPTED");
    assertThat(wire.isDrained()).isTrue();

    Wire next = wire.reconnect();
    new Server(99).serve(next);
    assertThat(next.outcomes()).containsExactly("a ACCEPTED", "b ACCEPTED");
    assertThat(next.results().get(1).attempts()).isEqualTo(1);
  }

  /** Whatever the session loses, what is known stays known and the rest may be tried again. */
  @Test
  void tooManyAndGoodbyeLosesNobody() {
    Wire wire = Wire.with(Pipelining.GROUPED, "PIPELINING");
    wire.send(envelope("a", addresses("a b c d")));
    wire.said();
    wire.reply("250 ok", "250 ok", "550 no", "452 4.5.3 too many", "421 4.7.0 too many errors");
    assertThat(outcomes(wire.results().get(0))).isEqualTo("a:N b:R c:N d:N");
  }
}
