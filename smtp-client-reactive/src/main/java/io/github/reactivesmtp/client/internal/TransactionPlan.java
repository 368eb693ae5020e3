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
import io.github.reactivesmtp.codec.SmtpCommand;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How one message is sent to a server with certain capabilities.
 *
 * @param asciiDomains whether the domains of addresses are said in ASCII
 * @param lmtp whether each accepted recipient has its own reply to the content (RFC 2033)
 * @param reset whether RSET comes first
 * @param pipelined whether commands are said without waiting for replies (RFC 2920)
 * @param overlapped whether the reply to another message's content is still due
 */
record TransactionPlan(
    @Nullable MailAddress reversePath,
    MailParameters parameters,
    List<Recipient> recipients,
    boolean asciiDomains,
    Transfer transfer,
    boolean lmtp,
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

  /**
   * The most recipients it is sent with: a server may refuse more and hang up (RFC 5321
   * §4.5.3.1.8), and then nobody could tell what became of the content.
   */
  static final int AT_ONCE_RECIPIENTS = 100;

  TransactionPlan {
    recipients = List.copyOf(recipients);
  }

  /**
   * Plans a message, or says why this server cannot have it.
   *
   * @param recipients those of the envelope that are still to be sent to
   * @param verified whether the connection is encrypted and the server is who it should be
   * @throws MessageRefusedException if the message is not for this server
   */
  static TransactionPlan of(
      Envelope envelope,
      List<Recipient> recipients,
      MessageFacts facts,
      Capabilities server,
      boolean verified,
      ClientOptions options,
      boolean reset,
      boolean overlapped) {
    boolean pipelined =
        options.pipelining() != Pipelining.OFF && server.supports(Extension.PIPELINING);
    boolean lmtp = options.connect().lmtp();
    boolean utf8 = needsUtf8(envelope.reversePath(), recipients);
    MailParameters parameters = parameters(envelope, utf8, facts, server, verified, options);
    boolean asciiDomains = utf8 && !server.supports(Extension.SMTPUTF8);
    if (asciiDomains) {
      requireAscii(envelope.reversePath(), recipients);
    }
    Transfer transfer = Transfer.DATA;
    if (options.chunking() && server.supports(Extension.CHUNKING)) {
      // In OVERLAPPED the next message's commands follow the content, so the content itself waits.
      // All-or-nothing must see the recipients' replies while it can still turn back.
      // LMTP must see them to know how many replies the content will have.
      boolean atOnce =
          pipelined
              && options.pipelining() != Pipelining.OVERLAPPED
              && !options.allOrNothing()
              && !lmtp
              && facts.inMemory()
              && facts.length() <= atOnceLimit(options)
              && recipients.size() <= AT_ONCE_RECIPIENTS;
      transfer = atOnce ? Transfer.BDAT_AT_ONCE : Transfer.BDAT;
    }
    return new TransactionPlan(
        envelope.reversePath(),
        parameters,
        ParameterRules.apply(recipients, server, options.preferred()),
        asciiDomains,
        transfer,
        lmtp,
        options.allOrNothing(),
        reset,
        pipelined,
        overlapped);
  }

  /** In STREAMING the window bounds what may be in doubt. */
  private static long atOnceLimit(ClientOptions options) {
    return options.pipelining() == Pipelining.STREAMING
        ? options.streamingWindow().octets()
        : AT_ONCE_LIMIT;
  }

  /** The same for some of the recipients. */
  TransactionPlan forOnly(List<Recipient> some) {
    return with(some, transfer);
  }

  private TransactionPlan with(List<Recipient> others, Transfer other) {
    return new TransactionPlan(
        reversePath,
        parameters,
        others,
        asciiDomains,
        other,
        lmtp,
        allOrNothing,
        reset,
        pipelined,
        overlapped);
  }

  /** The same, with the end of the content kept until the recipients' replies are there. */
  TransactionPlan inSteps() {
    return transfer == Transfer.BDAT_AT_ONCE ? with(recipients, Transfer.BDAT) : this;
  }

  SmtpCommand mail() {
    return new SmtpCommand.Mail(reversePath == null ? null : said(reversePath), parameters);
  }

  /** For the recipient of that index. */
  SmtpCommand rcpt(int index) {
    Recipient recipient = recipients.get(index);
    return new SmtpCommand.Rcpt(said(recipient.address()), recipient.parameters());
  }

  /** An address as this server must see it. */
  private MailAddress said(MailAddress address) {
    return asciiDomains ? address.withAsciiDomain() : address;
  }

  private static MailParameters parameters(
      Envelope envelope,
      boolean utf8,
      MessageFacts facts,
      Capabilities server,
      boolean verified,
      ClientOptions options) {
    MailParameters asked = envelope.mailParameters();
    MailParameters.Builder parameters = asked.toBuilder();
    ParameterRules.apply(asked, parameters, server, verified, options);
    declareSize(parameters, facts, server);
    if (!facts.binary()) {
      declareLines(asked.body(), parameters, facts, server, options);
    }
    if (utf8 && server.supports(Extension.SMTPUTF8)) {
      parameters.smtpUtf8(true);
    }
    return parameters.build();
  }

  private static void declareSize(
      MailParameters.Builder parameters, MessageFacts facts, Capabilities server) {
    if (!server.supports(Extension.SIZE)) {
      parameters.size(OptionalLong.empty());
    } else if (facts.length() >= 0) {
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
  }

  /** For content that consists of lines: whether they are 8-bit, and fit to be sent. */
  private static void declareLines(
      @Nullable BodyType asked,
      MailParameters.Builder parameters,
      MessageFacts facts,
      Capabilities server,
      ClientOptions options) {
    if (server.supports(Extension.EIGHT_BIT_MIME)) {
      boolean mayBeEightBit = facts.eightBit() || !facts.inMemory();
      if (mayBeEightBit && asked == null) {
        parameters.body(BodyType.EIGHT_BIT_MIME);
      }
    } else {
      if (facts.eightBit() && !options.allowEightBit()) {
        throw refusedEightBit();
      }
      if (asked == BodyType.EIGHT_BIT_MIME && !options.allowEightBit()) {
        throw ParameterRules.refusedEightBitMime();
      }
      parameters.body(null);
    }
    if (facts.bareNewlines() && options.bareNewlines() == BareNewlines.REJECT) {
      throw new MessageRefusedException(
          "The content has a CR or LF that stands alone, and the client was told to reject such.");
    }
  }

  /** What a message with 8-bit content meets where it is not allowed. */
  static MessageRefusedException refusedEightBit() {
    return new MessageRefusedException(
        "The content has octets above 127, and the server does not offer 8BITMIME (RFC 6152).");
  }

  private static boolean needsUtf8(@Nullable MailAddress reversePath, List<Recipient> recipients) {
    boolean needed = reversePath != null && reversePath.requiresSmtpUtf8();
    for (Recipient recipient : recipients) {
      needed |= recipient.address().requiresSmtpUtf8();
    }
    return needed;
  }

  private static void requireAscii(@Nullable MailAddress reversePath, List<Recipient> recipients) {
    boolean ascii = reversePath == null || hasAsciiForm(reversePath);
    for (Recipient recipient : recipients) {
      ascii &= hasAsciiForm(recipient.address());
    }
    if (!ascii) {
      throw new MessageRefusedException(
          "An address is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531).");
    }
  }

  private static boolean hasAsciiForm(MailAddress address) {
    return !address.withAsciiDomain().requiresSmtpUtf8();
  }
}
