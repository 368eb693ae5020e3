package io.github.reactivesmtp.client;

import io.github.reactivesmtp.codec.SmtpReply;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one envelope, over all transactions that were needed for its recipients. A refusal
 * is a value, not an exception.
 *
 * @param envelope the envelope, as it was given
 * @param outcome the outcome all recipients share, or {@link Outcome#PARTIAL}
 * @param recipients one result a recipient, in the envelope's order
 * @param reply the last reply that decided something for a recipient; null when none did
 * @param attempts how many times the client began to send it; connections that did not come about
 *     count as one, and so do the transactions that share out recipients that the server does not
 *     take at once
 * @param server the server that was spoken to last; null when no connection came about
 * @param cause why it is not known or was not sent, where the server's reply does not say it; of
 *     several reasons the last
 */
public record SendResult(
    Envelope envelope,
    Outcome outcome,
    List<RecipientResult> recipients,
    @Nullable SmtpReply reply,
    int attempts,
    @Nullable SocketAddress server,
    @Nullable Throwable cause) {

  public SendResult {
    recipients = List.copyOf(recipients);
  }

  /** How far it came: the furthest of its recipients' phases. */
  public SendPhase phase() {
    SendPhase furthest = SendPhase.NOT_BEGUN;
    for (RecipientResult recipient : recipients) {
      furthest = recipient.phase().compareTo(furthest) > 0 ? recipient.phase() : furthest;
    }
    return furthest;
  }

  /** Whether the server took responsibility for every recipient. */
  public boolean isAccepted() {
    return outcome == Outcome.ACCEPTED;
  }
}
