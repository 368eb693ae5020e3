package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Commands beside the line each of them is, and how they get on the wire and off it. */
final class CommandFixtures {

  private CommandFixtures() {}

  static byte[] wire(SmtpCommand command) {
    ByteBuffer out = ByteBuffer.allocate(command.encodedLength());
    command.writeTo(out);
    return out.array();
  }

  static String line(SmtpCommand command) {
    return new String(wire(command), StandardCharsets.UTF_8);
  }

  static ByteBuffer heap(String text) {
    // Neither the first nor the last octet of its array: code that forgets the offset is found out.
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(octets.length + 7).position(3);
    return buffer.slice(3, octets.length + 2).put(octets).flip();
  }

  static ByteBuffer direct(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
  }

  static MailAddress address(String text) {
    return MailAddress.parse(text);
  }

  static SmtpCommand mail(MailParameters.Builder parameters) {
    return new SmtpCommand.Mail(address("a@b.example"), parameters.build());
  }

  static SmtpCommand rcpt(RcptParameters.Builder parameters) {
    return new SmtpCommand.Rcpt(address("a@b.example"), parameters.build());
  }

  private static MailParameters.Builder forMail() {
    return MailParameters.builder();
  }

  private static RcptParameters.Builder forRcpt() {
    return RcptParameters.builder();
  }

  /** Line without CRLF to command. */
  static Map<String, SmtpCommand> commands() {
    Map<String, SmtpCommand> table = new LinkedHashMap<>();
    table.put("HELO client.example", new SmtpCommand.Helo("client.example"));
    table.put("EHLO my_host", new SmtpCommand.Ehlo("my_host"));
    table.put("EHLO [192.0.2.1]", new SmtpCommand.Ehlo("[192.0.2.1]"));
    table.put("EHLO [IPv6:2001:db8::1]", new SmtpCommand.Ehlo("[IPv6:2001:db8::1]"));
    table.put("EHLO bücher.example", new SmtpCommand.Ehlo("bücher.example"));
    table.put("LHLO client.example", new SmtpCommand.Lhlo("client.example"));
    table.put("MAIL FROM:<>", new SmtpCommand.Mail(null));
    table.put("MAIL FROM:<a@b.example>", new SmtpCommand.Mail(address("a@b.example")));
    table.put("MAIL FROM:<ü@exämple>", new SmtpCommand.Mail(address("ü@exämple")));
    table.put(
        "MAIL FROM:<\"a> ORCPT=x\"@d>", new SmtpCommand.Mail(MailAddress.of("a> ORCPT=x", "d")));
    table.put(
        "MAIL FROM:<\"\\\"\\\\>\"@d> SIZE=1",
        new SmtpCommand.Mail(MailAddress.of("\"\\>", "d"), forMail().size(1).build()));
    table.put("MAIL FROM:<a@b.example> SIZE=0", mail(forMail().size(0)));
    table.put(
        "MAIL FROM:<a@b.example> SIZE=9223372036854775807", mail(forMail().size(Long.MAX_VALUE)));
    table.put("MAIL FROM:<a@b.example> BODY=7BIT", mail(forMail().body(BodyType.SEVEN_BIT)));
    table.put(
        "MAIL FROM:<a@b.example> SIZE=5 BODY=8BITMIME SMTPUTF8",
        mail(forMail().smtpUtf8(true).body(BodyType.EIGHT_BIT_MIME).size(5)));
    table.put(
        "MAIL FROM:<a@b.example> BODY=BINARYMIME", mail(forMail().body(BodyType.BINARY_MIME)));
    table.put(
        "MAIL FROM:<a@b.example> RET=FULL ENVID=a+20b+2B+3Dc",
        mail(forMail().ret(Ret.FULL).envid("a b+=c")));
    table.put("MAIL FROM:<a@b.example> RET=HDRS", mail(forMail().ret(Ret.HDRS)));
    table.put("MAIL FROM:<a@b.example> AUTH=<>", mail(forMail().authUnknown()));
    table.put(
        "MAIL FROM:<a@b.example> AUTH=e+3Dmc2@example.com",
        mail(forMail().auth(address("e=mc2@example.com"))));
    table.put("MAIL FROM:<a@b.example> AUTH=+C3+BC@d", mail(forMail().auth(address("ü@d"))));
    table.put("MAIL FROM:<a@b.example> REQUIRETLS", mail(forMail().requireTls(true)));
    table.put(
        "MAIL FROM:<a@b.example> BY=120;RT",
        mail(forMail().by(new DeliverBy(120, DeliverBy.Mode.RETURN, true))));
    table.put(
        "MAIL FROM:<a@b.example> BY=-5;N",
        mail(forMail().by(new DeliverBy(-5, DeliverBy.Mode.NOTIFY, false))));
    table.put("MAIL FROM:<a@b.example> MT-PRIORITY=-9", mail(forMail().mtPriority(-9)));
    table.put("MAIL FROM:<a@b.example> MT-PRIORITY=0", mail(forMail().mtPriority(0)));
    table.put("MAIL FROM:<a@b.example> HOLDFOR=3600", mail(forMail().holdFor(3600)));
    table.put(
        "MAIL FROM:<a@b.example> HOLDUNTIL=2027-01-02T03:04:00Z",
        mail(forMail().holdUntil(Instant.parse("2027-01-02T03:04:00.789Z"))));
    table.put(
        "MAIL FROM:<a@b.example> SIZE=1 X-FLAG XOTHER=ü;1",
        mail(forMail().other("x-flag", null).other("XOTHER", "ü;1").size(1)));
    table.put("RCPT TO:<a@b.example>", new SmtpCommand.Rcpt(address("a@b.example")));
    table.put("RCPT TO:<PostMaster>", new SmtpCommand.Rcpt(address("PostMaster")));
    table.put("RCPT TO:<a@[IPv6:::1]>", new SmtpCommand.Rcpt(address("a@[IPv6:::1]")));
    table.put("RCPT TO:<\"a b\"@c>", new SmtpCommand.Rcpt(address("\"a b\"@c")));
    table.put("RCPT TO:<a@b.example> NOTIFY=NEVER", rcpt(forRcpt().notify(Set.of(Notify.NEVER))));
    table.put(
        "RCPT TO:<a@b.example> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a+2Bb@c",
        rcpt(
            forRcpt()
                .notify(Set.of(Notify.DELAY, Notify.SUCCESS, Notify.FAILURE))
                .orcpt("rfc822", "a+b@c")));
    table.put(
        "RCPT TO:<a@b.example> ORCPT=utf-8;\\x{FC}\\x{2B}@c",
        rcpt(forRcpt().orcpt("utf-8", "ü+@c")));
    table.put(
        "RCPT TO:<a@b.example> RRVS=2014-04-03T23:01:00Z",
        rcpt(forRcpt().other("RRVS", "2014-04-03T23:01:00Z")));
    table.put("DATA", SmtpCommand.DATA);
    table.put("BDAT 0 LAST", new SmtpCommand.Bdat(0, true));
    table.put("BDAT 86", new SmtpCommand.Bdat(86, false));
    table.put("BDAT 9223372036854775807 LAST", new SmtpCommand.Bdat(Long.MAX_VALUE, true));
    table.put("RSET", SmtpCommand.RSET);
    table.put("NOOP", SmtpCommand.NOOP);
    table.put("NOOP are you  there", new SmtpCommand.Noop("are you  there"));
    table.put("QUIT", SmtpCommand.QUIT);
    table.put("VRFY <a b> ü SMTPUTF8", new SmtpCommand.Vrfy("<a b> ü SMTPUTF8"));
    table.put("EXPN list", new SmtpCommand.Expn("list"));
    table.put("HELP", new SmtpCommand.Help(null));
    table.put("HELP MAIL", new SmtpCommand.Help("MAIL"));
    table.put("STARTTLS", SmtpCommand.STARTTLS);
    table.put("AUTH LOGIN", new SmtpCommand.Auth("LOGIN", null));
    table.put("AUTH EXTERNAL =", new SmtpCommand.Auth("EXTERNAL", "="));
    table.put("AUTH PLAIN AHUAcA==", new SmtpCommand.Auth("PLAIN", "AHUAcA=="));
    table.put("AUTH SCRAM-SHA-256 biws+/8=", new SmtpCommand.Auth("SCRAM-SHA-256", "biws+/8="));
    table.put("ETRN @example.com", new SmtpCommand.Etrn("@example.com"));
    return table;
  }
}
