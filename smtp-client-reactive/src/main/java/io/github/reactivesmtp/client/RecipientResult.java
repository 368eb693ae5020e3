package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * What became of one recipient.
 *
 * @param address the recipient
 * @param outcome what is known, never {@link Outcome#PARTIAL}
 * @param reply the reply that decided it: the refusal, or the reply to the content, in LMTP (RFC
 *     2033) the one for this recipient; null when none came. With {@link Outcome#NOT_SENT} it may
 *     be the server's word that the transaction was full (452).
 * @param phase how far it came for this recipient
 * @param command the command that the reply answers, or whose reply was waited for in vain; null
 *     for the content, and where nothing was said
 */
public record RecipientResult(
    MailAddress address,
    Outcome outcome,
    @Nullable SmtpReply reply,
    SendPhase phase,
    @Nullable SmtpCommand command) {}
