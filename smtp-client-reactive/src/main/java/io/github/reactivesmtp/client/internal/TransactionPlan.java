package io.github.reactivesmtp.client.internal;

import io.github.reactivesmtp.client.Envelope;
import io.github.reactivesmtp.client.MessageRefusedException;
import io.github.reactivesmtp.client.Pipelining;
import io.github.reactivesmtp.client.Recipient;
import io.github.reactivesmtp.codec.BareNewlines;
import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.MailAddress;
import io.github.reactivesmtp.codec.MailParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one message is sent to a server with certain capabilities.
 *
 * @param reset whether RSET comes first
 * @param pipelined whether commands are said without waiting for replies (RFC 2920)
 * @param overlapped whether the reply to another message's content is still due
 */
record TransactionPlan(
    @Nullable MailAddress reversePath,
    MailParameters parameters,
    List<Recipient> recipients,
    Transfer transfer,
    boolean allOrNothing,
    boolean reset,
    boolean pipelined,
    boolean overlapped) {

  /** How the content goes out. */
  enum Transfer {
    /** DATA, dot-stuffed, ended by a dot. */
    DATA,
    /** BDAT (RFC 3030), once the recipients' replies are there. */
    BDAT,
    /** One BDAT LAST behind the recipients, without waiting. */
    BDAT_AT_ONCE
  }

  /** The largest content that is sent with BDAT before the recipients' replies are known. */
  static final int AT_ONCE_LIMIT = 64 * 1024;

  TransactionPlan {
    recipients = List.copyOf(recipients);
  }

  /**
   * Plans a message, or says why this server cannot have it.
   *
   * @param recipients those of the envelope that are still to be sent to
   * @throws MessageRefusedException if the message is not for this server
   */
  static TransactionPlan of(
      Envelope envelope,
      List<Recipient> recipients,
      MessageFacts facts,
      Capabilities server,
      ClientOptions options,
      boolean reset,
      boolean overlapped) {
    boolean pipelined =
        options.pipelining() != Pipelining.OFF && server.supports(Extension.PIPELINING);
    MailParameters parameters = parameters(envelope, recipients, facts, server, options);
    Transfer transfer = Transfer.DATA;
    if (options.chunking() && server.supports(Extension.CHUNKING)) {
      // In OVERLAPPED the next message's commands follow the content, so the content itself waits.
      // All-or-nothing must see the recipients' replies while it can still turn back.
      boolean atOnce =
          pipelined
              && options.pipelining() == Pipelining.GROUPED
              && !options.allOrNothing()
              && facts.inMemory()
              && facts.length() <= AT_ONCE_LIMIT;
      transfer = atOnce ? Transfer.BDAT_AT_ONCE : Transfer.BDAT;
    }
    return new TransactionPlan(
        envelope.reversePath(),
        parameters,
        recipients,
        transfer,
        options.allOrNothing(),
        reset,
        pipelined,
        overlapped);
  }

  private static MailParameters parameters(
      Envelope envelope,
      List<Recipient> recipients,
      MessageFacts facts,
      Capabilities server,
      ClientOptions options) {
    MailParameters asked = envelope.mailParameters();
    MailParameters.Builder parameters = asked.toBuilder();
    if (facts.length() >= 0 && server.supports(Extension.SIZE)) {
      // RFC 1870 §6.1: a message over the stated limit is not worth a try.
      if (server.maxSize().isPresent() && facts.length() > server.maxSize().getAsLong()) {
        throw new MessageRefusedException(
            "The message has "
                + facts.length()
                + " octets and the server takes at most "
                + server.maxSize().getAsLong()
                + " (SIZE).");
      }
      parameters.size(facts.length());
    }
    boolean mayBeEightBit = facts.eightBit() || !facts.inMemory();
    if (server.supports(Extension.EIGHT_BIT_MIME)) {
      if (mayBeEightBit && asked.body() == null) {
        parameters.body(BodyType.EIGHT_BIT_MIME);
      }
    } else if (facts.eightBit() && !options.allowEightBit()) {
      throw refusedEightBit();
    }
    if (facts.bareNewlines() && options.bareNewlines() == BareNewlines.REJECT) {
      throw new MessageRefusedException(
          "The content has a CR or LF that stands alone, and the client was told to reject such.");
    }
    if (needsUtf8(envelope.reversePath(), recipients)) {
      if (!server.supports(Extension.SMTPUTF8)) {
        throw new MessageRefusedException(
            "An address is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531).");
      }
      parameters.smtpUtf8(true);
    }
    return parameters.build();
  }

  /** What a message with 8-bit content meets where it is not allowed. */
  static MessageRefusedException refusedEightBit() {
    return new MessageRefusedException(
        "The content has octets above 127, and the server does not offer 8BITMIME (RFC 6152).");
  }

  private static boolean needsUtf8(@Nullable MailAddress reversePath, List<Recipient> recipients) {
    return (reversePath != null && reversePath.requiresSmtpUtf8())
        || recipients.stream().anyMatch(recipient -> recipient.address().requiresSmtpUtf8());
  }
}
