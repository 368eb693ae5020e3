package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reactivesmtp.cli.EnvelopeAddresses.Given;
import io.github.reactivesmtp.codec.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeAddressesTest {

  // \n is a line end, and CRLF is tried as well as LF and CR.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      textBlock =
          """
          plain                    # From: a@x.de\\nTo: b@x.de                          # a@x.de # b@x.de
          display names            # From: A <a@x.de>\\nTo: B C <b@x.de>, "D, E" <d@x.de> # a@x.de # b@x.de d@x.de
          sender before from       # From: a@x.de\\nSender: s@x.de\\nTo: b@x.de         # s@x.de # b@x.de
          sender in front          # Sender: s@x.de\\nFrom: a@x.de\\nTo: b@x.de         # s@x.de # b@x.de
          empty sender field       # Sender:\\nFrom: a@x.de\\nTo: b@x.de                # a@x.de # b@x.de
          first of several from    # From: a@x.de, z@x.de\\nTo: b@x.de                  # a@x.de # b@x.de
          to cc bcc                # Bcc: d@x.de\\nFrom: a@x.de\\nCc: c@x.de\\nTo: b@x.de # a@x.de # b@x.de c@x.de d@x.de
          only cc                  # From: a@x.de\\nCc: c@x.de                          # a@x.de # c@x.de
          only bcc                 # From: a@x.de\\nBcc: c@x.de                         # a@x.de # c@x.de
          several to fields        # From: a@x.de\\nTo: b@x.de\\nTo: c@x.de             # a@x.de # b@x.de c@x.de
          any case                 # FROM: a@x.de\\ntO: b@x.de\\nbCC: c@x.de            # a@x.de # b@x.de c@x.de
          space before the colon   # From : a@x.de\\nTo\\t: b@x.de                      # a@x.de # b@x.de
          no space after the colon # From:a@x.de\\nTo:b@x.de                            # a@x.de # b@x.de
          duplicates once          # From: a@x.de\\nTo: b@x.de, b@X.DE\\nCc: b@x.de     # a@x.de # b@x.de
          local part keeps case    # From: a@x.de\\nTo: b@x.de, B@x.de                  # a@x.de # b@x.de B@x.de
          group                    # From: a@x.de\\nTo: team: b@x.de, C <c@x.de>;, d@x.de # a@x.de # b@x.de c@x.de d@x.de
          empty group and cc       # From: a@x.de\\nTo: undisclosed-recipients:;\\nCc: c@x.de # a@x.de # c@x.de
          comments                 # From: (me) a@x.de (A)\\nTo: b (x, y@z.de) @ x.de   # a@x.de # b@x.de
          nested comment           # From: a@x.de (A (the (first)))\\nTo: b@x.de        # a@x.de # b@x.de
          encoded words            # From: =?utf-8?q?J=C3=B6?= <a@x.de>\\nTo: =?utf-8?b?w7w=?= <b@x.de> # a@x.de # b@x.de
          encoded comma            # From: a@x.de\\nTo: =?utf-8?q?A=2C_c=40x.de?= <b@x.de> # a@x.de # b@x.de
          raw utf-8 name           # From: Jö <a@x.de>\\nTo: b@x.de                     # a@x.de # b@x.de
          folded                   # From: A\\n <a@x.de>\\nTo: b@x.de,\\n c@x.de,\\n\\td@x.de # a@x.de # b@x.de c@x.de d@x.de
          folded from the start    # From:\\n a@x.de\\nTo:\\n\\n b@x.de                 # a@x.de # -
          folded by a blank line   # From: a@x.de\\nTo: b@x.de,\\n \\n c@x.de           # a@x.de # b@x.de c@x.de
          quoted local part        # From: a@x.de\\nTo: "b c"@x.de, "d"@x.de            # a@x.de # "b c"@x.de d@x.de
          comma in quotes          # From: a@x.de\\nTo: "b,c"@x.de                      # a@x.de # "b,c"@x.de
          address literals         # From: a@x.de\\nTo: b@[127.0.0.1], c@[IPv6:::1]     # a@x.de # b@[127.0.0.1] c@[IPv6:::1]
          utf-8 addresses          # From: ä@x.de\\nTo: Ü <ü@exämple.de>, 😀@x.de       # ä@x.de # ü@exämple.de 😀@x.de
          equals sign              # From: bounce=u=x.de@x.de\\nTo: =3d=@x.de           # bounce=u=x.de@x.de # =3d=@x.de
          route is dropped         # From: a@x.de\\nTo: <@r1.de,@r2.de:b@x.de>          # a@x.de # b@x.de
          empty list members       # From: a@x.de\\nTo: b@x.de,, c@x.de,                # a@x.de # b@x.de c@x.de
          null sender              # From: <>\\nTo: b@x.de                              # <> # b@x.de
          return-path is no sender # Return-Path: <>\\nFrom: a@x.de\\nTo: b@x.de        # a@x.de # b@x.de
          resent fields ignored    # Resent-To: r@x.de\\nResent-From: r@x.de\\nFrom: a@x.de\\nTo: b@x.de # a@x.de # b@x.de
          mbox line in front       # From x@y.de Mon Jan  1 00:00:00 2026\\nFrom: a@x.de\\nTo: b@x.de # a@x.de # b@x.de
          byte order mark          # \\uFEFFFrom: a@x.de\\nTo: b@x.de                   # a@x.de # b@x.de
          line that is no field    # From: a@x.de\\nnonsense\\nTo: b@x.de               # a@x.de # b@x.de
          headers of the body      # From: a@x.de\\nTo: b@x.de\\n\\nCc: c@x.de          # a@x.de # b@x.de
          """)
  void readsTheHeaders(String name, String message, String from, String to) throws Exception {
    String lines = message.replace("\\n", "\n").replace("\\t", "\t").replace("\\uFEFF", "\uFEFF");
    for (String end : List.of("\r\n", "\n", "\r")) {
      HeaderBlock header = header(lines.replace("\n", end));
      if (to.equals("-")) {
        assertThatThrownBy(() -> EnvelopeAddresses.of(header, Given.NOTHING))
            .hasMessageContaining("recipient");
        continue;
      }
      EnvelopeAddresses addresses = EnvelopeAddresses.of(header, Given.NOTHING);
      assertThat(addresses.reversePath() == null ? "<>" : addresses.reversePath().toString())
          .isEqualTo(from);
      assertThat(
              addresses.recipients().stream()
                  .map(MailAddress::toString)
                  .collect(Collectors.joining(" ")))
          .isEqualTo(to);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      textBlock =
          """
          Subject: hello                                 # neither a Sender nor a From
          From: a@x.de                                   # no recipient
          From: a@x.de\\nTo:                             # no recipient
          From: a@x.de\\nTo: undisclosed-recipients:;    # no recipient
          From: nobody:;\\nTo: b@x.de                    # from names no address
          From: a@x.de\\nTo: b                           # its to cannot be read: "b"
          From: a@x.de\\nTo: b@x.de; c@x.de              # its to cannot be read
          From: a@x.de\\nTo: b@x.de c@x.de               # its to cannot be read
          From: a@x.de\\nTo: b@x.de, (c@x.de             # its to cannot be read
          From: a@x.de\\nTo: "b@x.de                     # its to cannot be read
          From: a@x.de\\nTo: b@x.de\\nCc: <c@x.de        # its cc cannot be read
          From: a@x.de\\nTo: b@-x-.de                    # its to cannot be read
          From: a@@x.de\\nTo: b@x.de                     # its from cannot be read
          From: a@x.de\\nTo: b@x.de, <>                  # its to cannot be read
          """)
  void saysWhatIsWrong(String message, String reason) throws Exception {
    HeaderBlock header = header(message.replace("\\n", "\r\n"));
    assertThatThrownBy(() -> EnvelopeAddresses.of(header, Given.NOTHING))
        .isInstanceOf(MailFileException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatTheUserSaysComesFirst() throws Exception {
    HeaderBlock header = header("From: broken\nTo: broken too\n\n");
    Given given = Given.parse("A <a@x.de>", List.of("b@x.de,B <b@X.de>", "\"c,d\"@x.de"));
    EnvelopeAddresses addresses = EnvelopeAddresses.of(header, given);
    assertThat(addresses.reversePath()).hasToString("a@x.de");
    assertThat(addresses.recipients())
        .extracting(MailAddress::toString)
        .containsExactly("b@x.de", "\"c,d\"@x.de");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<>", " <> "})
  void emptyFromIsTheNullSender(String from) throws Exception {
    HeaderBlock header = header("From: a@x.de\nTo: b@x.de\n\n");
    assertThat(EnvelopeAddresses.of(header, Given.parse(from, List.of())).reversePath()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "a@x.de, b@x.de", "a@x.de\r\nRCPT TO:<b@x.de>", "a@"})
  void refusesABadFrom(String from) {
    assertThatThrownBy(() -> Given.parse(from, List.of()))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("--from: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "a@x.de;b@x.de", "", "group:;"})
  void refusesABadTo(String to) {
    assertThatThrownBy(() -> Given.parse(null, List.of(to)))
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("--to");
  }

  private static HeaderBlock header(String message) throws MailFileException {
    return HeaderBlock.parse(message.getBytes(StandardCharsets.UTF_8), true);
  }
}
