package io.github.reactivesmtp.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Any texts as values of parameters: a line has those parameters and no other. The octet 0xFF,
 * which is in no UTF-8, stands between the texts.
 */
class ParametersFuzzTest {

  private static final MailAddress ADDRESS = MailAddress.parse("a@b.example");

  private final List<String> expected = new ArrayList<>();

  @FuzzTest
  void noValueBecomesAnotherParameter(byte[] octets) {
    String[] texts =
        Arrays.copyOf(new String(octets, ISO_8859_1).split("\u00FF", -1), 6, String[].class);
    for (int i = 0; i < texts.length; i++) {
      texts[i] = texts[i] == null ? "" : new String(texts[i].getBytes(ISO_8859_1), UTF_8);
    }
    expected.clear();
    MailParameters.Builder mail = MailParameters.builder();
    take("ENVID=" + Xtext.encode(texts[0]), () -> mail.envid(texts[0]));
    take("AUTH=" + Xtext.encode(texts[1]), () -> mail.auth(MailAddress.parse(texts[1])));
    takeOther(texts[2], texts[3], () -> mail.other(texts[2], texts[3]));
    check(() -> new SmtpCommand.Mail(ADDRESS, mail.build()));

    expected.clear();
    RcptParameters.Builder rcpt = RcptParameters.builder();
    take(
        "ORCPT=" + texts[4] + ";" + encoded(texts[5], texts[4]),
        () -> rcpt.orcpt(texts[4], texts[5]));
    takeOther(texts[2], texts[3], () -> rcpt.other(texts[2], texts[3]));
    check(() -> new SmtpCommand.Rcpt(ADDRESS, rcpt.build()));
  }

  private static String encoded(String text, String addressType) {
    return addressType.equalsIgnoreCase("utf-8")
        ? Xtext.encodeUtf8Address(text)
        : Xtext.encode(text);
  }

  private void takeOther(String keyword, String value, Runnable setter) {
    String upper = WireText.asciiUpperCase(keyword);
    take(value.isEmpty() ? upper : upper + "=" + value, setter);
  }

  private void take(String parameter, Runnable setter) {
    try {
      setter.run();
      expected.add(parameter);
    } catch (SmtpSyntaxException e) {
      assertFalse(Fuzz.hasControls(e.getMessage()), e.getMessage());
    }
  }

  private void check(Supplier<SmtpCommand> constructor) {
    SmtpCommand command;
    try {
      command = constructor.get();
    } catch (SmtpSyntaxException tooLong) {
      return;
    }
    String line = Fuzz.line(command);
    List<String> parts = Fuzz.pathAndParameters(line);
    assertEquals("a@b.example", parts.get(0));
    assertEquals(expected, parts.subList(1, parts.size()));
    assertEquals(
        command, new CommandParser().parse(ByteBuffer.wrap((line + "\r\n").getBytes(UTF_8))));
  }
}
