package io.github.reactivesmtp.cli;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpSyntaxException;
import org.jspecify.annotations.Nullable;

/** An address in which {@code {n}} stands for a number. */
final class AddressTemplate {

  private static final String NUMBER = "{n}";

  private final String text;
  private final @Nullable MailAddress constant;

  /**
   * @param option where it was given, for messages
   * @throws CliException if it makes no address
   */
  AddressTemplate(String option, String text) {
    this.text = text;
    try {
      MailAddress first = MailAddress.parse(text.replace(NUMBER, "1"));
      // The longest: what is too long is found before anything is sent.
      MailAddress.parse(text.replace(NUMBER, String.valueOf(Integer.MAX_VALUE)));
      this.constant = text.contains(NUMBER) ? null : first;
    } catch (SmtpSyntaxException e) {
      throw CliException.usage(
          option + ": \"" + TextLine.of(text) + "\" makes no address: " + TextLine.of(e), e);
    }
  }

  /** Whether there is a number in it. */
  boolean isNumbered() {
    return constant == null;
  }

  MailAddress address(int number) {
    return constant != null
        ? constant
        : MailAddress.parse(text.replace(NUMBER, String.valueOf(number)));
  }

  /** As given. */
  @Override
  public String toString() {
    return text;
  }
}
