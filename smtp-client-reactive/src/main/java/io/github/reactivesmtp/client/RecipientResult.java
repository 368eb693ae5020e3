package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * What became of one recipient.
 *
 * @param address the recipient
 * @param outcome what is known, never {@link Outcome#PARTIAL}
 * @param reply the reply that decided it: the refusal, or the reply to the content; null when none
 *     came
 */
public record RecipientResult(MailAddress address, Outcome outcome, @Nullable SmtpReply reply) {}
