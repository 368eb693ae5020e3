package io.github.reactivesmtp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {

  // R and N stand for CR and LF, T for a tab.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '#',
      textBlock =
          """
          in the middle          # a: 1RNbcc: xRNc: 3RNRNhi         # a: 1RNc: 3RNRNhi
          first                  # bcc: xRNc: 3RNRNhi               # c: 3RNRNhi
          last                   # a: 1RNbcc: xRNRNhi               # a: 1RNRNhi
          the only one           # bcc: xRNRNhi                     # RNhi
          in capitals            # BCC: xRNBcc: yRNbCc: zRNRNhi     # RNhi
          several                # bcc: xRNa: 1RNbcc: yRNRNhi       # a: 1RNRNhi
          folded                 # a: 1RNbcc: x,RN y,RNTzRNc: 3RNRN # a: 1RNc: 3RNRN
          folded, blank line     # bcc: x,RN RN yRNc: 3RNRN         # c: 3RNRN
          folded at the end      # a: 1RNbcc: x,RN yRNRN            # a: 1RNRN
          space before the colon # a: 1RNbcc : xRNRNhi              # a: 1RNRNhi
          empty                  # a: 1RNbcc:RNRNhi                 # a: 1RNRNhi
          LF                     # a: 1Nbcc: xN yNc: 3NNhi          # a: 1Nc: 3NNhi
          CR                     # a: 1Rbcc: xR yRc: 3RRhi          # a: 1Rc: 3RRhi
          mixed                  # a: 1RNbcc: xN yRc: 3RNNhi        # a: 1RNc: 3RNNhi
          mixed, CR before       # a: 1Rbcc: xRNc: 3NRhi            # a: 1Rc: 3NRhi
          mixed, LF before CR    # a: 1Nbcc: xNRc: 3                # a: 1NRc: 3
          header only            # a: 1RNbcc: xRN                   # a: 1RN
          header without an end  # a: 1RNbcc: x                     # a: 1RN
          header end in CR       # a: 1Rbcc: xR                     # a: 1R
          nothing but Bcc        # bcc: x                           # ''
          in the body            # a: 1RNRNbcc: xRNBcc: yRN         # a: 1RNRNbcc: xRNBcc: yRN
          body first             # RNbcc: xRN                       # RNbcc: xRN
          no field               # bccRNa: 1RNRNhi                  # bccRNa: 1RNRNhi
          similar names          # xbcc: 1RNbcc-x: 2RNbc: 3RNRN     # xbcc: 1RNbcc-x: 2RNbc: 3RNRN
          part of another        # a: 1RN bcc: 2RNRNhi              # a: 1RN bcc: 2RNRNhi
          part of the first line # ' bcc: 2RNa: 1RNRNhi'            # ' bcc: 2RNa: 1RNRNhi'
          after what is no field # a: 1RNgarbageRNbcc: xRNRNhi      # a: 1RNgarbageRNRNhi
          Resent-Bcc             # Resent-Bcc: xRNa: 1RNRNhi        # a: 1RNRNhi
          """)
  void removesBccAndNothingElse(String name, String message, String expected) throws Exception {
    HeaderBlock header = HeaderBlock.parse(octets(message), true);
    assertThat(header.withoutBlindCopies())
        .asString()
        .isEqualTo(new String(octets(expected), StandardCharsets.ISO_8859_1));
    assertThat(header.hasBlindCopies()).isEqualTo(!message.equals(expected));
  }

  @Test
  void keepsEveryOctet() throws Exception {
    byte[] message = new byte[512];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    System.arraycopy("a: 1\r\nb: 2\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, message, 0, 14);
    assertThat(HeaderBlock.parse(message, true).withoutBlindCopies()).isEqualTo(message);
  }

  @Test
  void findsBccBehindAByteOrderMark() throws Exception {
    HeaderBlock header =
        HeaderBlock.parse("\uFEFFBcc: x\r\na: 1\r\n\r\n".getBytes(StandardCharsets.UTF_8), true);
    assertThat(header.withoutBlindCopies()).asString().isEqualTo("a: 1\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "a: 1RNRNhi, 8",
    "a: 1NNhi, 6",
    "a: 1RRhi, 6",
    "a: 1NRNhi, 7",
    "RNhi, 2",
    "a: 1, 4",
    "a: 1RNR, 7"
  })
  void saysWhereTheHeaderEnds(String message, int length) throws Exception {
    assertThat(HeaderBlock.parse(octets(message), true).length()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a: 1", "a: 1RN", "a: 1RN b"})
  void refusesAHeaderThatDoesNotEnd(String message) {
    assertThatThrownBy(() -> HeaderBlock.parse(octets(message), false))
        .isInstanceOf(MailFileException.class)
        .hasMessageContaining("1048576 octets");
  }

  @Test
  void aHeaderFollowedByMoreOfTheMessage() throws Exception {
    byte[] part = octets("bcc: xRNa: 1RNRNthe first part");
    assertThat(HeaderBlock.parse(part, false).withoutBlindCopies())
        .isEqualTo(Arrays.copyOfRange(part, 8, part.length));
  }

  private static byte[] octets(String text) {
    return text.replace('R', '\r')
        .replace('N', '\n')
        .replace('T', '\t')
        .replace("\resent-", "Resent-")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
