package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.DefaultAddressParser;
import org.apache.james.mime4j.field.address.ParseException;
import org.apache.james.mime4j.field.address.TokenMgrError;

/**
 * Reads address lists (RFC 5322 §3.4). Mime4j's strict parser does it: its lenient one leaves out
 * or joins what it does not understand, and a recipient must not get lost unnoticed.
 */
final class AddressList {

  /** What the strict parser, which knows no UTF-8 (RFC 6532), gets to see as "=" hex digits "=". */
  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]|=");

  private static final Pattern ESCAPED = Pattern.compile("=([0-9a-f]{2,4})=");

  private AddressList() {}

  /**
   * All mailboxes, those of groups included, in order.
   *
   * @throws SmtpSyntaxException if any part of the text is no address
   */
  static List<MailAddress> parse(String text) {
    List<MailAddress> addresses = new ArrayList<>();
    for (Mailbox mailbox : mailboxes(text)) {
      addresses.add(
          MailAddress.of(unescape(mailbox.getLocalPart()), unescape(mailbox.getDomain())));
    }
    return addresses;
  }

  private static List<Mailbox> mailboxes(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    try {
      return DefaultAddressParser.DEFAULT.parseAddressList(escape(text)).flatten();
    } catch (ParseException | TokenMgrError e) {
      throw notAList(text, e);
    }
  }

  private static SmtpSyntaxException notAList(String text, Throwable cause) {
    SmtpSyntaxException error =
        new SmtpSyntaxException("\"" + TextLine.of(text) + "\" is no list of mail addresses");
    error.initCause(cause);
    return error;
  }

  private static String escape(String text) {
    return BEYOND_ASCII
        .matcher(text)
        .replaceAll(
            match ->
                match
                    .group()
                    .chars()
                    .mapToObj(unit -> String.format(Locale.ROOT, "=%02x=", unit))
                    .reduce("", String::concat));
  }

  private static String unescape(String text) {
    Matcher matcher = ESCAPED.matcher(text);
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }
}
