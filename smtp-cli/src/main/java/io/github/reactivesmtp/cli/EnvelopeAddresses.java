package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a message is from and for.
 *
 * @param reversePath null is the null sender {@code <>}
 * @param recipients each once; at least one
 */
record EnvelopeAddresses(@Nullable MailAddress reversePath, List<MailAddress> recipients) {

  private static final List<String> RECIPIENT_FIELDS = List.of("to", "cc", "bcc");

  /**
   * What the user said instead of the headers.
   *
   * @param from an address, or empty for the null sender; null: from the headers
   * @param to empty: from the headers
   */
  record Given(@Nullable String from, List<MailAddress> to) {

    static final Given NOTHING = new Given(null, List.of());

    /**
     * @param from as in --from
     * @param to as in --to, each a list
     * @throws CliException if one is no address
     */
    static Given parse(@Nullable String from, List<String> to) {
      try {
        if (from != null && !isNull(from) && AddressList.parse(from).size() != 1) {
          throw new SmtpSyntaxException("\"" + TextLine.of(from) + "\" is not one address");
        }
      } catch (SmtpSyntaxException e) {
        throw CliException.usage("--from: " + TextLine.of(e), e);
      }
      Set<MailAddress> recipients = new LinkedHashSet<>();
      for (String list : to) {
        try {
          recipients.addAll(AddressList.parse(list));
        } catch (SmtpSyntaxException e) {
          throw CliException.usage("--to: " + TextLine.of(e), e);
        }
      }
      if (!to.isEmpty() && recipients.isEmpty()) {
        throw CliException.usage("--to names no address");
      }
      return new Given(from, List.copyOf(recipients));
    }
  }

  /**
   * Sender, else From; To, Cc and Bcc. Resent fields are only informational (RFC 5322 §3.6.6) and
   * therefore left alone.
   *
   * @throws MailFileException if there is no sender or no recipient, or one that cannot be read
   */
  static EnvelopeAddresses of(HeaderBlock header, Given given) throws MailFileException {
    return new EnvelopeAddresses(
        given.from() == null ? sender(header) : senderAddress("--from", given.from()),
        given.to().isEmpty() ? recipients(header) : given.to());
  }

  private static @Nullable MailAddress sender(HeaderBlock header) throws MailFileException {
    for (String name : List.of("sender", "from")) {
      for (HeaderField field : header.fields()) {
        if (field.name().equals(name) && !field.body().isEmpty()) {
          return senderAddress(name, field.body());
        }
      }
    }
    throw new MailFileException("it has neither a Sender nor a From; name the sender with --from");
  }

  private static @Nullable MailAddress senderAddress(String name, String text)
      throws MailFileException {
    if (isNull(text)) {
      return null;
    }
    List<MailAddress> addresses = addresses(name, text);
    if (addresses.isEmpty()) {
      throw new MailFileException("its " + name + " names no address; say one with --from");
    }
    return addresses.get(0);
  }

  private static List<MailAddress> recipients(HeaderBlock header) throws MailFileException {
    Set<MailAddress> recipients = new LinkedHashSet<>();
    for (String name : RECIPIENT_FIELDS) {
      for (HeaderField field : header.fields()) {
        if (field.name().equals(name)) {
          recipients.addAll(addresses(name, field.body()));
        }
      }
    }
    if (recipients.isEmpty()) {
      throw new MailFileException("it names no recipient in To, Cc or Bcc; name some with --to");
    }
    return new ArrayList<>(recipients);
  }

  private static List<MailAddress> addresses(String name, String text) throws MailFileException {
    try {
      return AddressList.parse(text);
    } catch (SmtpSyntaxException e) {
      throw new MailFileException("its " + name + " cannot be read: " + TextLine.of(e), e);
    }
  }

  private static boolean isNull(String from) {
    return from.isBlank() || from.strip().equals("<>");
  }
}
