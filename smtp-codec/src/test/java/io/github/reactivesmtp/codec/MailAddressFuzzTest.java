package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;

/** Any text as an address: the line it stands in has no other parameter than what was asked for. */
class MailAddressFuzzTest {

  private static final RcptParameters ONE = RcptParameters.builder().other("X", "1").build();

  @FuzzTest
  void isThePathAndNothingElse(byte[] octets) {
    String text = new String(octets, UTF_8);
    try {
      MailAddress address = MailAddress.parse(text);
      assertEquals(text, address.toString());
      check(address);
    } catch (SmtpSyntaxException e) {
      assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
    }
    try {
      MailAddress address = MailAddress.of(text, "d.example");
      assertEquals(text, unquoted(address.localPart()));
      check(address);
    } catch (SmtpSyntaxException e) {
      assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
    }
  }

  private static void check(MailAddress address) {
    String line = Fuzz.line(new SmtpCommand.Rcpt(address, ONE));
    assertEquals(List.of(address.toString(), "X=1"), Fuzz.pathAndParameters(line));
    assertEquals(
        new SmtpCommand.Rcpt(address, ONE),
        new CommandParser().parse(ByteBuffer.wrap((line + "\r\n").getBytes(UTF_8))));
    String both = address.domain().isEmpty() ? "" : "@" + address.domain();
    assertEquals(address.toString(), address.localPart() + both);
    assertEquals(address.toString().getBytes(UTF_8).length, address.encodedLength());
    assertEquals(!isAscii(address.toString()), address.requiresSmtpUtf8());
    MailAddress ascii = address.withAsciiDomain();
    assertEquals(address.localPart(), ascii.localPart(), "IDNA is for the domain only");
    assertTrue(ascii.equals(address) || (!isAscii(address.domain()) && isAscii(ascii.domain())));
    assertEquals(ascii, MailAddress.parse(ascii.toString()));
  }

  /** What a quoted string says (RFC 5321 §4.1.2). */
  private static String unquoted(String localPart) {
    if (!localPart.startsWith("\"")) {
      return localPart;
    }
    StringBuilder said = new StringBuilder();
    for (int i = 1; i < localPart.length() - 1; i++) {
      i += localPart.charAt(i) == '\\' ? 1 : 0;
      said.append(localPart.charAt(i));
    }
    return said.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
