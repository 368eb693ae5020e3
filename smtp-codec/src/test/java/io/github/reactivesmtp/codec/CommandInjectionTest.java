package io.github.reactivesmtp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every char of the BMP through every field of text: what comes out is one line, or nothing. */
class CommandInjectionTest {

  private static final MailAddress ADDRESS = MailAddress.parse("a@b");

  static Stream<Arguments> fields() {
    Map<String, Function<String, SmtpCommand>> fields = new LinkedHashMap<>();
    fields.put("HELO", SmtpCommand.Helo::new);
    fields.put("EHLO", SmtpCommand.Ehlo::new);
    fields.put("EHLO literal", text -> new SmtpCommand.Ehlo("[IPv6:" + text + "::1]"));
    fields.put("LHLO", SmtpCommand.Lhlo::new);
    fields.put("NOOP", SmtpCommand.Noop::new);
    fields.put("VRFY", SmtpCommand.Vrfy::new);
    fields.put("EXPN", SmtpCommand.Expn::new);
    fields.put("HELP", SmtpCommand.Help::new);
    fields.put("ETRN", SmtpCommand.Etrn::new);
    fields.put("AUTH mechanism", text -> new SmtpCommand.Auth(text, null));
    fields.put("AUTH response", text -> new SmtpCommand.Auth("PLAIN", text + "A"));
    fields.put("local part", text -> new SmtpCommand.Rcpt(MailAddress.of(text, "d")));
    fields.put("domain", text -> new SmtpCommand.Rcpt(MailAddress.of("a", text)));
    fields.put("address", text -> new SmtpCommand.Mail(MailAddress.parse(text + "@d")));
    fields.put("quoted", text -> new SmtpCommand.Mail(MailAddress.parse("\"" + text + "\"@d")));
    fields.put(
        "escaped",
        text -> new SmtpCommand.Mail(MailAddress.parse("\"\\" + text.substring(1) + "\"@d")));
    fields.put("ENVID", text -> mail(MailParameters.builder().envid(text)));
    fields.put("AUTH", text -> mail(MailParameters.builder().auth(MailAddress.of(text, "d"))));
    fields.put("MAIL keyword", text -> mail(MailParameters.builder().other(text, null)));
    fields.put("MAIL value", text -> mail(MailParameters.builder().other("X", text)));
    fields.put("ORCPT type", text -> rcpt(RcptParameters.builder().orcpt(text, "a@b")));
    fields.put("ORCPT rfc822", text -> rcpt(RcptParameters.builder().orcpt("rfc822", text)));
    fields.put("ORCPT utf-8", text -> rcpt(RcptParameters.builder().orcpt("utf-8", text)));
    fields.put("RCPT keyword", text -> rcpt(RcptParameters.builder().other(text, null)));
    fields.put("RCPT value", text -> rcpt(RcptParameters.builder().other("X", text)));
    return fields.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private static SmtpCommand mail(MailParameters.Builder parameters) {
    return new SmtpCommand.Mail(ADDRESS, parameters.build());
  }

  private static SmtpCommand rcpt(RcptParameters.Builder parameters) {
    return new SmtpCommand.Rcpt(ADDRESS, parameters.build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void writesOneLineOrNothing(String field, Function<String, SmtpCommand> constructor) {
    // On a thread of its own, whose short stack makes the many refusals cheap.
    CompletableFuture.runAsync(() -> walk(field, constructor)).join();
  }

  private static void walk(String field, Function<String, SmtpCommand> constructor) {
    CommandParser parser = new CommandParser();
    ByteBuffer out = ByteBuffer.allocate(200);
    int written = 0;
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      SmtpCommand command;
      try {
        // Between letters, since some fields refuse a space at an end anyway.
        command = constructor.apply("A" + (char) c + "A");
      } catch (SmtpSyntaxException e) {
        continue;
      }
      written++;
      command.writeTo(out.clear());
      out.flip();
      check(field, c, out, command.encodedLength());
      if (!command.equals(parser.parse(out))) {
        throw new AssertionError(String.format("%s with U+%04X is read as another", field, c));
      }
    }
    assertThat(written).isPositive();
    Set<String> asciiOnly =
        Set.of(
            "EHLO literal",
            "AUTH mechanism",
            "AUTH response",
            "escaped",
            "ENVID",
            "MAIL keyword",
            "ORCPT type",
            "ORCPT rfc822",
            "RCPT keyword");
    assertThat(written > 128).isEqualTo(!asciiOnly.contains(field));
  }

  private static void check(String field, int c, ByteBuffer out, int encodedLength) {
    int end = out.limit() - 2;
    boolean legal =
        out.limit() == encodedLength && out.get(end) == '\r' && out.get(end + 1) == '\n';
    for (int i = 0; i < end && legal; i++) {
      byte octet = out.get(i);
      legal = octet < 0 || (octet >= ' ' && octet != 0x7F);
    }
    if (!legal) {
      throw new AssertionError(String.format("%s with U+%04X is no single line", field, c));
    }
  }
}
