package io.github.reactivesmtp.testkit;

import io.github.reactivesmtp.codec.BodyType;
import io.github.reactivesmtp.codec.Capabilities;
import io.github.reactivesmtp.codec.Extension;
import io.github.reactivesmtp.codec.MailParameters;
import io.github.reactivesmtp.codec.RcptParameters;
import io.github.reactivesmtp.codec.SmtpCommand;
import io.github.reactivesmtp.codec.SmtpReply;
import io.github.reactivesmtp.testkit.sasl.ServerMechanism;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server must remember of one connection to answer as RFC 5321 has it. Pure: {@link #judge}
 * tells what there is to say and changes nothing, {@link #answered} takes note of what was said,
 * which a script may have decided.
 */
final class Conversation {

  private final ServerSettings settings;
  private final @Nullable TlsSession tls;

  private boolean turnedAway;
  private boolean hello;
  private boolean lmtp;
  private Capabilities offered = Capabilities.NONE;
  private boolean withStatus;
  private boolean authenticated;
  private @Nullable String authenticatedAs;
  private int mailCommands;
  private final Set<String> recipientDomains = new HashSet<>();

  private SmtpCommand.@Nullable Mail mail;
  private List<SmtpCommand.Rcpt> recipients = new ArrayList<>();
  private boolean chunkTaken;
  private boolean chunkRefused;

  /**
   * @param tls null while octets go in clear; a conversation ends where TLS begins
   */
  Conversation(ServerSettings settings, @Nullable TlsSession tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /** What the server says to a command but AUTH if no script wants otherwise. */
  SmtpReply judge(Phase phase, SmtpCommand command) {
    if (turnedAway && phase != Phase.QUIT) {
      return say(StandardReply.BAD_SEQUENCE); // RFC 5321 §3.1
    }
    return switch (phase) {
      case EHLO, LHLO -> settings.ehlo(encrypted());
      case HELO -> settings.helo();
      case MAIL -> say(judgeMail((SmtpCommand.Mail) command));
      case RCPT -> say(judgeRcpt((SmtpCommand.Rcpt) command));
      case DATA -> say(judgeData());
      case BDAT -> say(judgeBdat());
      case RSET, NOOP -> say(StandardReply.OK);
      case VRFY -> say(StandardReply.CANNOT_VERIFY);
      case HELP -> say(StandardReply.HELP);
      case QUIT -> say(StandardReply.BYE);
      case EXPN -> say(ifOffered(Extension.EXPN, StandardReply.NO_SUCH_LIST));
      case ETRN -> say(ifOffered(Extension.ETRN, StandardReply.OK));
      case STARTTLS -> say(judgeStartTls());
      default -> say(StandardReply.NOT_IMPLEMENTED);
    };
  }

  /** Begins what AUTH asks for, or refuses it. */
  AuthExchange beginAuth(SmtpCommand.Auth command) {
    if (!turnedAway && !offered.supports(Extension.AUTH)) {
      return new AuthExchange(command, StandardReply.NOT_IMPLEMENTED, withStatus);
    }
    if (turnedAway || authenticated || mail != null) {
      return new AuthExchange(command, StandardReply.BAD_SEQUENCE, withStatus); // RFC 4954 §4
    }
    ServerMechanism mechanism = mechanism(command.mechanism().toUpperCase(Locale.ROOT));
    return mechanism == null
        ? new AuthExchange(command, StandardReply.UNKNOWN_MECHANISM, withStatus)
        : new AuthExchange(command, mechanism, withStatus);
  }

  private @Nullable ServerMechanism mechanism(String name) {
    Set<String> names = offered.authMechanisms();
    if (!names.contains(name)) {
      return null;
    }
    return tls == null
        ? settings.sasl().begin(name, names, null, null)
        : settings.sasl().begin(name, names, tls.serverCertificate(), tls.clientCertificate());
  }

  /**
   * Takes note of a successful AUTH.
   *
   * @param user null if it is not known who that is
   */
  void authenticated(@Nullable String user) {
    authenticated = true;
    authenticatedAs = user;
  }

  private StandardReply judgeMail(SmtpCommand.Mail command) {
    if (!hello) {
      return StandardReply.SAY_HELLO;
    }
    if (mailCommands >= offered.limits().mailMax().orElse(Integer.MAX_VALUE)) {
      return StandardReply.TOO_MANY_MESSAGES;
    }
    if (mail != null) {
      return StandardReply.NESTED_MAIL;
    }
    MailParameters parameters = command.parameters();
    if (parameters.encodedLength() > 0 && !OfferedParameters.mail(parameters.toString(), offered)) {
      return StandardReply.UNKNOWN_PARAMETER;
    }
    if (parameters.size().orElse(0) > maxContentOctets()) {
      return StandardReply.TOO_BIG;
    }
    if (command.reversePath() != null
        && command.reversePath().requiresSmtpUtf8()
        && !parameters.smtpUtf8()) {
      return StandardReply.NEEDS_SMTPUTF8;
    }
    return StandardReply.SENDER_OK;
  }

  private StandardReply judgeRcpt(SmtpCommand.Rcpt command) {
    if (mail == null) {
      return StandardReply.NEED_MAIL;
    }
    if (amidChunks()) {
      return StandardReply.BAD_SEQUENCE;
    }
    Capabilities.Limits limits = offered.limits();
    int max = Math.min(settings.maxRecipients(), limits.rcptMax().orElse(Integer.MAX_VALUE));
    if (recipients.size() >= max) {
      return StandardReply.TOO_MANY_RECIPIENTS;
    }
    if (recipientDomains.size() >= limits.rcptDomainMax().orElse(Integer.MAX_VALUE)
        && !recipientDomains.contains(domain(command))) {
      return StandardReply.TOO_MANY_DOMAINS;
    }
    RcptParameters parameters = command.parameters();
    if (parameters.encodedLength() > 0 && !OfferedParameters.rcpt(parameters.toString(), offered)) {
      return StandardReply.UNKNOWN_PARAMETER;
    }
    if (command.forwardPath().requiresSmtpUtf8() && !mail.parameters().smtpUtf8()) {
      return StandardReply.NEEDS_SMTPUTF8;
    }
    return StandardReply.RECIPIENT_OK;
  }

  private static String domain(SmtpCommand.Rcpt command) {
    return command.forwardPath().domain().toLowerCase(Locale.ROOT);
  }

  private StandardReply judgeData() {
    if (mail == null) {
      return StandardReply.NEED_MAIL;
    }
    if (amidChunks() || mail.parameters().body() == BodyType.BINARY_MIME) {
      return StandardReply.BAD_SEQUENCE; // RFC 3030 §2 and §3
    }
    return recipients.isEmpty() ? noRecipients() : StandardReply.START_CONTENT;
  }

  private StandardReply judgeBdat() {
    if (!offered.supports(Extension.CHUNKING)) {
      return StandardReply.NOT_IMPLEMENTED;
    }
    if (mail == null) {
      return StandardReply.NEED_MAIL;
    }
    if (chunkRefused) {
      return StandardReply.CHUNK_FAILED;
    }
    return recipients.isEmpty() ? noRecipients() : StandardReply.CHUNK_OK;
  }

  /** RFC 2033 §4.2 insists on 503; elsewhere 554 tells more (RFC 5321 §3.3). */
  private StandardReply noRecipients() {
    return lmtp ? StandardReply.NEED_RCPT : StandardReply.NO_VALID_RECIPIENTS;
  }

  private StandardReply judgeStartTls() {
    if (encrypted()) {
      return StandardReply.BAD_SEQUENCE;
    }
    boolean available = settings.tls() != null;
    return ifOffered(
        Extension.STARTTLS, available ? StandardReply.READY_FOR_TLS : StandardReply.NO_TLS);
  }

  private StandardReply ifOffered(Extension extension, StandardReply reply) {
    return offered.supports(extension) ? reply : StandardReply.NOT_IMPLEMENTED;
  }

  /**
   * What there is to say to the content as a whole.
   *
   * @param tooBig whether it had more octets than {@link #maxContentOctets}
   */
  SmtpReply judgeContent(boolean tooBig) {
    if (recipients.isEmpty()) {
      return say(noRecipients()); // a script let DATA pass all the same
    }
    return say(tooBig ? StandardReply.TOO_BIG : StandardReply.QUEUED);
  }

  /** Takes note of what the server said to a command. */
  void answered(Phase phase, @Nullable SmtpCommand command, SmtpReply reply) {
    if (phase == Phase.CONNECT) {
      turnedAway = reply.isNegative();
    }
    if (phase == Phase.MAIL) {
      mailCommands++; // RFC 9422 §4.1: also those that fail
    }
    if (phase == Phase.BDAT) {
      chunkAnswered((SmtpCommand.Bdat) command, reply.isPositive());
    }
    if (!reply.isPositive()) {
      return;
    }
    switch (phase) {
      case EHLO, LHLO -> greeted(Capabilities.parse(reply), phase == Phase.LHLO);
      case HELO -> greeted(Capabilities.NONE, false);
      case MAIL -> {
        reset();
        mail = (SmtpCommand.Mail) command;
      }
      case RCPT -> {
        if (command instanceof SmtpCommand.Rcpt rcpt) {
          recipients.add(rcpt);
          if (offered.limits().rcptDomainMax().isPresent()) {
            recipientDomains.add(domain(rcpt));
          }
        }
      }
      case RSET -> reset();
      default -> {}
    }
  }

  private void greeted(Capabilities capabilities, boolean overLmtp) {
    reset(); // RFC 5321 §4.1.4
    hello = true;
    lmtp = overLmtp;
    offered = capabilities;
    withStatus = capabilities.supports(Extension.ENHANCED_STATUS_CODES);
  }

  /**
   * A refused chunk fails the message: further chunks are refused up to its last one or RSET. MAIL
   * and RCPT stay in force, as they do with real servers (Postfix, Exim).
   */
  private void chunkAnswered(SmtpCommand.@Nullable Bdat chunk, boolean accepted) {
    boolean last = chunk != null && chunk.last();
    chunkTaken = accepted && !last;
    chunkRefused = !accepted && !last;
  }

  /** Forgets the transaction: after the content, whatever became of it (RFC 5321 §4.1.1.4). */
  void reset() {
    mail = null;
    if (!recipients.isEmpty()) {
      recipients = new ArrayList<>();
    }
    chunkTaken = false;
    chunkRefused = false;
  }

  /** Whether there was a chunk of this message before. */
  boolean amidChunks() {
    return chunkTaken || chunkRefused;
  }

  /** The message whose content has arrived, for those of its recipients that accept it. */
  ReceivedMessage message(
      int connection, List<SmtpCommand.Rcpt> accepted, byte[] content, boolean chunked) {
    return new ReceivedMessage(
        connection,
        mail == null ? null : mail.reversePath(),
        mail == null ? MailParameters.NONE : mail.parameters(),
        accepted,
        content,
        chunked,
        encrypted(),
        authenticatedAs,
        tls == null ? null : tls.clientCertificate());
  }

  /** Whether this goes over TLS. */
  boolean encrypted() {
    return tls != null;
  }

  /** Those accepted so far; not to be changed, and left alone by {@link #reset}. */
  List<SmtpCommand.Rcpt> recipients() {
    return recipients;
  }

  /** Whether each recipient gets a reply of its own. */
  boolean lmtp() {
    return lmtp;
  }

  /** What EHLO offered last. */
  Capabilities offered() {
    return offered;
  }

  /** The most octets of content this server takes. */
  long maxContentOctets() {
    long stated = offered.maxSize().orElse(settings.maxMessageOctets());
    return Math.min(stated, settings.maxMessageOctets());
  }

  SmtpReply say(StandardReply reply) {
    return reply.reply(withStatus);
  }
}
