package io.github.reactivesmtp.client.internal;

import static io.github.reactivesmtp.client.internal.TransactionPlayer.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reactivesmtp.client.internal.TransactionPlan.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of one message for two recipients, whatever the server says: each row in every mode
 * it names, with pipelining and without, with RSET and without.
 */
class MailTransactionTest {

  /** Outcome and reply of both recipients. {@code SENT} is DATA and BDAT, BDAT not at once. */
  private static final String TABLE =
      """
      mode | MAIL | RCPT      | DATA | CONTENT | ends      | results
      # accepted, wholly and in part
      ALL  | 250  | 250  250  | 354  | 250     | DONE      | ACCEPTED 250 CONTENT, ACCEPTED 250 CONTENT
      ALL  | 250  | 251  252  | 354  | 250     | DONE      | ACCEPTED 250 CONTENT, ACCEPTED 250 CONTENT
      ALL  | 250  | 250  550  | 354  | 250     | DONE      | ACCEPTED 250 CONTENT, REJECTED 550 RCPT2
      ALL  | 250  | 451  250  | 354  | 250     | DONE      | DEFERRED 451 RCPT1, ACCEPTED 250 CONTENT
      # MAIL refused
      ALL  | 451  | 503  503  | 503  | 503     | DONE      | DEFERRED 451 MAIL, DEFERRED 451 MAIL
      ALL  | 550  | 503  503  | 503  | 503     | DONE      | REJECTED 550 MAIL, REJECTED 550 MAIL
      ALL  | 550  | 250  250  | 503  | 503     | DONE      | REJECTED 550 MAIL, REJECTED 550 MAIL
      # MAIL refused, and 354 all the same: a lone dot
      DATA | 550  | 250  250  | 354  | -       | DONE      | REJECTED 550 MAIL, REJECTED 550 MAIL
      # MAIL refused, and the content taken: two things at once
      # every recipient refused
      ALL  | 250  | 550  450  | 503  | 503     | DONE      | REJECTED 550 RCPT1, DEFERRED 450 RCPT2
      ALL  | 250  | 550  553  | 554  | 554     | DONE      | REJECTED 550 RCPT1, REJECTED 553 RCPT2
      # every recipient refused, and 354 all the same: a lone dot
      DATA | 250  | 550  450  | 354  | -       | DONE      | REJECTED 550 RCPT1, DEFERRED 450 RCPT2
      # DATA refused
      DATA | 250  | 250  250  | 451  | -       | DONE      | DEFERRED 451 DATA, DEFERRED 451 DATA
      DATA | 250  | 250  250  | 554  | -       | DONE      | REJECTED 554 DATA, REJECTED 554 DATA
      DATA | 250  | 550  250  | 451  | -       | DONE      | REJECTED 550 RCPT1, DEFERRED 451 DATA
      # the content refused
      ALL  | 250  | 250  250  | 354  | 452     | DONE      | DEFERRED 452 CONTENT, DEFERRED 452 CONTENT
      ALL  | 250  | 250  250  | 354  | 554     | DONE      | REJECTED 554 CONTENT, REJECTED 554 CONTENT
      ALL  | 250  | 550  250  | 354  | 452     | DONE      | REJECTED 550 RCPT1, DEFERRED 452 CONTENT
      # the server says goodbye
      ALL  | 421  | -    -    | -    | -       | CLOSING   | NOT_SENT 421 MAIL, NOT_SENT 421 MAIL
      SENT | 250  | 421  -    | -    | -       | CLOSING   | NOT_SENT 421 RCPT1, NOT_SENT -
      SENT | 250  | 250  421  | -    | -       | CLOSING   | NOT_SENT -, NOT_SENT 421 RCPT2
      SENT | 250  | 550  421  | -    | -       | CLOSING   | REJECTED 550 RCPT1, NOT_SENT 421 RCPT2
      ONCE | 250  | 421  -    | -    | -       | CLOSING   | NOT_SENT 421 RCPT1, UNKNOWN -
      ONCE | 250  | 250  421  | -    | -       | CLOSING   | UNKNOWN -, NOT_SENT 421 RCPT2
      DATA | 250  | 250  550  | 421  | -       | CLOSING   | NOT_SENT 421 DATA, REJECTED 550 RCPT2
      ALL  | 250  | 250  250  | 354  | 421     | CLOSING   | DEFERRED 421 CONTENT, DEFERRED 421 CONTENT
      ALL  | 250  | 250  550  | 354  | 421     | CLOSING   | DEFERRED 421 CONTENT, REJECTED 550 RCPT2
      # the connection breaks
      SENT | lost | -    -    | -    | -       | LOST      | NOT_SENT -, NOT_SENT -
      SENT | 250  | lost -    | -    | -       | LOST      | NOT_SENT -, NOT_SENT -
      SENT | 250  | 250  lost | -    | -       | LOST      | NOT_SENT -, NOT_SENT -
      SENT | 250  | 550  lost | -    | -       | LOST      | REJECTED 550 RCPT1, NOT_SENT -
      ONCE | lost | -    -    | -    | -       | LOST      | UNKNOWN -, UNKNOWN -
      ONCE | 250  | lost -    | -    | -       | LOST      | UNKNOWN -, UNKNOWN -
      ONCE | 250  | 550  lost | -    | -       | LOST      | REJECTED 550 RCPT1, UNKNOWN -
      DATA | 250  | 250  550  | lost | -       | LOST      | NOT_SENT -, REJECTED 550 RCPT2
      ALL  | 250  | 250  250  | 354  | lost    | LOST      | UNKNOWN -, UNKNOWN -
      ALL  | 250  | 550  250  | 354  | lost    | LOST      | REJECTED 550 RCPT1, UNKNOWN -
      ALL  | 250  | 250  250  | 354  | cut     | LOST      | NOT_SENT -, NOT_SENT -
      ALL  | 250  | 450  250  | 354  | cut     | LOST      | DEFERRED 450 RCPT1, NOT_SENT -
      # no legal reply
      SENT | 354  | -    -    | -    | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      SENT | 250  | 354  -    | -    | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      ONCE | 354  | -    -    | -    | -       | VIOLATION | UNKNOWN -, UNKNOWN -
      DATA | 250  | 250  250  | 250  | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      SENT | 220  | -    -    | -    | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      SENT | 250  | 221  -    | -    | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      ONCE | 250  | 235  -    | -    | -       | VIOLATION | UNKNOWN -, UNKNOWN -
      DATA | 250  | 250  250  | 334  | -       | VIOLATION | NOT_SENT -, NOT_SENT -
      ALL  | 250  | 250  250  | 354  | 354     | VIOLATION | UNKNOWN -, UNKNOWN -
      ALL  | 250  | 250  250  | 354  | 220     | VIOLATION | UNKNOWN -, UNKNOWN -
      ALL  | 250  | 250  250  | 354  | 221     | VIOLATION | UNKNOWN -, UNKNOWN -
      # nobody is there to get what was taken, so another reply is taken for the content's
      ONCE | 550  | 250  250  | -    | 250     | VIOLATION | UNKNOWN -, UNKNOWN -
      ONCE | 250  | 550  450  | -    | 250     | VIOLATION | UNKNOWN -, UNKNOWN -
      """;

  static Stream<Arguments> rows() {
    List<Arguments> rows = new ArrayList<>();
    TABLE
        .lines()
        .skip(1)
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              String[] row = line.strip().split("\\s*\\|\\s*");
              for (Transfer transfer : transfers(row[0])) {
                for (int options = 0; options < 4; options++) {
                  boolean pipelined = (options & 1) == 0;
                  boolean reset = (options & 2) != 0;
                  // What is sent without waiting for replies is pipelined.
                  if (pipelined || transfer != Transfer.BDAT_AT_ONCE) {
                    rows.add(Arguments.of(transfer, pipelined, reset, row));
                  }
                }
              }
            });
    return rows.stream();
  }

  private static List<Transfer> transfers(String mode) {
    return switch (mode) {
      case "ALL" -> List.of(Transfer.values());
      case "SENT" -> List.of(Transfer.DATA, Transfer.BDAT);
      case "DATA" -> List.of(Transfer.DATA);
      case "BDAT" -> List.of(Transfer.BDAT);
      case "ONCE" -> List.of(Transfer.BDAT_AT_ONCE);
      default -> throw new IllegalArgumentException(mode);
    };
  }

  @ParameterizedTest(name = "{0}, pipelined {1}, RSET {2}: {argumentsWithNames}")
  @MethodSource("rows")
  void eachRecipientGetsWhatIsKnown(
      Transfer transfer, boolean pipelined, boolean reset, String[] row) {
    TransactionPlayer player =
        new TransactionPlayer(plan(2, transfer, pipelined, reset))
            .answer("MAIL", row[1])
            .answer("RCPT", row[2].split("\\s+"))
            .answer("DATA", row[3])
            .answer("CONTENT", row[4])
            .answer("DOT", "554");

    String end = player.play();

    assertThat(end + ": " + player.results()).as(player.script()).isEqualTo(row[5] + ": " + row[6]);
    assertThat(player.script().startsWith("RSET ")).isEqualTo(reset);
  }

  /**
   * One reply too many makes each that follows look like the next command's. Where none of them was
   * waited for, those read before are in doubt as well.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATA | true  | 550 354 |     |     | NOT_SENT -, NOT_SENT -
          DATA | false | 550 354 |     |     | REJECTED 550 RCPT1, NOT_SENT -
          DATA | true  | 550 250 | 221 |     | NOT_SENT -, NOT_SENT -
          DATA | true  | 550 250 | 250 |     | NOT_SENT -, NOT_SENT -
          DATA | false | 550 250 | 250 |     | REJECTED 550 RCPT1, NOT_SENT -
          DATA | true  | 550 250 | 354 | 220 | REJECTED 550 RCPT1, UNKNOWN -
          BDAT | true  | 550 354 |     |     | NOT_SENT -, NOT_SENT -
          BDAT | true  | 550 250 |     | 354 | REJECTED 550 RCPT1, UNKNOWN -
          ONCE | true  | 550 354 |     |     | UNKNOWN -, UNKNOWN -
          ONCE | true  | 550 250 |     | 354 | UNKNOWN -, UNKNOWN -
          """)
  void outOfStepNoReplyCountsThatWasNotWaitedFor(
      String mode, boolean pipelined, String rcpt, String data, String content, String results) {
    TransactionPlayer player =
        new TransactionPlayer(plan(2, transfers(mode).get(0), pipelined, false))
            .answer("MAIL", "250")
            .answer("RCPT", rcpt.split(" "));
    player.answer("DATA", data == null ? "503" : data);
    player.answer("CONTENT", content == null ? "503" : content);

    assertThat(player.play()).isEqualTo("VIOLATION");
    assertThat(player.results()).isEqualTo(results);
  }

  /** The very order of what is said and heard. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DATA | true  | 250 | 250 250 | 354 | MAIL RCPT1 RCPT2 DATA <250 <250 <250 <354 CONTENT <250
          DATA | false | 250 | 250 250 | 354 | MAIL <250 RCPT1 <250 RCPT2 <250 DATA <354 CONTENT <250
          BDAT | true  | 250 | 250 250 |     | MAIL RCPT1 RCPT2 <250 <250 <250 CONTENT <250
          BDAT | false | 250 | 250 250 |     | MAIL <250 RCPT1 <250 RCPT2 <250 CONTENT <250
          ONCE | true  | 250 | 250 250 |     | MAIL RCPT1 RCPT2 CONTENT <250 <250 <250 <250
          # MAIL refused: without pipelining nothing more is said
          DATA | true  | 550 | 503 503 | 503 | MAIL RCPT1 RCPT2 DATA <550 <503 <503 <503
          DATA | false | 550 |         |     | MAIL <550
          BDAT | true  | 550 | 503 503 |     | MAIL RCPT1 RCPT2 <550 <503 <503
          BDAT | false | 550 |         |     | MAIL <550
          ONCE | true  | 550 | 503 503 |     | MAIL RCPT1 RCPT2 CONTENT <550 <503 <503 <503
          # a refused recipient keeps nothing from the next
          DATA | false | 250 | 550 250 | 354 | MAIL <250 RCPT1 <550 RCPT2 <250 DATA <354 CONTENT <250
          BDAT | true  | 250 | 250 550 |     | MAIL RCPT1 RCPT2 <250 <250 <550 CONTENT <250
          # all refused: DATA and BDAT are not said where that can be helped
          DATA | true  | 250 | 550 550 | 503 | MAIL RCPT1 RCPT2 DATA <250 <550 <550 <503
          DATA | true  | 250 | 550 550 | 354 | MAIL RCPT1 RCPT2 DATA <250 <550 <550 <354 DOT <554
          DATA | false | 250 | 550 550 |     | MAIL <250 RCPT1 <550 RCPT2 <550
          BDAT | true  | 250 | 550 550 |     | MAIL RCPT1 RCPT2 <250 <550 <550
          BDAT | false | 250 | 550 550 |     | MAIL <250 RCPT1 <550 RCPT2 <550
          """)
  void saysWhatCanBeSaidAndNoMore(
      String mode, boolean pipelined, String mail, String rcpt, String data, String script) {
    for (boolean reset : new boolean[] {false, true}) {
      Transfer transfer = mode.equals("ONCE") ? Transfer.BDAT_AT_ONCE : Transfer.valueOf(mode);
      TransactionPlayer player =
          new TransactionPlayer(plan(2, transfer, pipelined, reset))
              .answer("MAIL", mail)
              .answer("RCPT", rcpt == null ? new String[0] : rcpt.split(" "))
              .answer("DATA", data)
              .answer("CONTENT", mail.equals("250") ? "250" : "503")
              .answer("DOT", "554");

      assertThat(player.play()).isEqualTo("DONE");

      String expected = script;
      if (reset && pipelined) {
        expected = "RSET " + script.replaceFirst("<", "<250 <");
      } else if (reset) {
        expected = "RSET <250 " + script;
      }
      assertThat(player.script()).isEqualTo(expected);
    }
  }

  /** The reply of the whole is the last one that decided something for a recipient. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          250 | 250 250 | 354 | 250  | 250 CONTENT
          250 | 250 550 | 354 | 250  | 250 CONTENT
          250 | 550 250 | 354 | 250  | 250 CONTENT
          250 | 250 250 | 451 |      | 451 DATA
          250 | 550 450 | 503 |      | 450 RCPT2
          250 | 550 450 | 354 |      | 450 RCPT2
          451 | 503 503 | 503 |      | 451 MAIL
          250 | 550 250 | 354 | lost | 550 RCPT1
          250 | 250 250 | 354 | lost |
          """)
  void theWholeHasTheLastReplyThatDecided(
      String mail, String rcpt, String data, String content, String reply) {
    TransactionPlayer player =
        new TransactionPlayer(plan(2, Transfer.DATA, true, false))
            .answer("MAIL", mail)
            .answer("RCPT", rcpt.split(" "))
            .answer("DATA", data)
            .answer("CONTENT", content)
            .answer("DOT", "554");
    player.play();

    TransactionOutcome outcome = player.outcome();
    assertThat(outcome.reply() == null ? null : outcome.reply().toString()).isEqualTo(reply);
  }
}
