package io.github.reactivesmtp.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One command of a client (RFC 5321 §4.1.1 and extensions). Whatever can be constructed is one
 * legal command line: constructors refuse everything else with {@link SmtpSyntaxException}, control
 * characters, line separators and half surrogate pairs above all. Text goes out as UTF-8.
 *
 * <p>{@code toString()} is the line without its CRLF; an initial response of AUTH is not shown.
 */
public sealed interface SmtpCommand
    permits TextCommand, SmtpCommand.Mail, SmtpCommand.Rcpt, SmtpCommand.Bdat, SmtpCommand.Auth {

  Data DATA = new Data();
  Rset RSET = new Rset();
  Noop NOOP = new Noop(null);
  Quit QUIT = new Quit();
  StartTls STARTTLS = new StartTls();

  /** The first word in upper case, such as {@code MAIL}. */
  String verb();

  /** The octets that {@link #writeTo} writes, CRLF included. */
  int encodedLength();

  /**
   * Writes the line and its CRLF, relative; does not allocate.
   *
   * @throws java.nio.BufferOverflowException if there is too little room; nothing was written then
   */
  void writeTo(ByteBuffer out);

  /**
   * Whether a client that pipelines has to stop after this command and read its reply. False for
   * MAIL, RCPT and RSET (RFC 2920 §3.1), and for a BDAT that is not the last (RFC 3030 §2, RFC 4468
   * §3.3); extensions that say nothing else end a group.
   */
  boolean endsGroup();

  /** RFC 5321 §4.1.1.1. A domain or address literal; underscores are tolerated. */
  record Helo(String domain) implements TextCommand {
    public Helo {
      DomainSyntax.requireDomainOrLiteral(domain);
    }

    @Override
    public String verb() {
      return "HELO";
    }

    @Override
    public String argument() {
      return domain;
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** RFC 5321 §4.1.1.1. A domain or address literal; underscores are tolerated. */
  record Ehlo(String domain) implements TextCommand {
    public Ehlo {
      DomainSyntax.requireDomainOrLiteral(domain);
    }

    @Override
    public String verb() {
      return "EHLO";
    }

    @Override
    public String argument() {
      return domain;
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** EHLO of LMTP (RFC 2033 §4.1). A domain or address literal; underscores are tolerated. */
  record Lhlo(String domain) implements TextCommand {
    public Lhlo {
      DomainSyntax.requireDomainOrLiteral(domain);
    }

    @Override
    public String verb() {
      return "LHLO";
    }

    @Override
    public String argument() {
      return domain;
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /**
   * RFC 5321 §4.1.1.2.
   *
   * @param reversePath where reports go; null for the null reverse-path {@code <>}
   */
  record Mail(@Nullable MailAddress reversePath, MailParameters parameters) implements SmtpCommand {

    private static final byte[] START = "MAIL FROM:<".getBytes(StandardCharsets.US_ASCII);

    public Mail {
      PathCommand.requireLegal(reversePath, parameters.encodedLength(), "MAIL");
      if (reversePath != null && reversePath.domain().isEmpty()) {
        throw WireText.illegal("MAIL with a reverse-path without a domain", reversePath.toString());
      }
    }

    public Mail(@Nullable MailAddress reversePath) {
      this(reversePath, MailParameters.NONE);
    }

    @Override
    public String verb() {
      return "MAIL";
    }

    @Override
    public int encodedLength() {
      return START.length
          + (reversePath == null ? 0 : reversePath.encodedLength())
          + parameters.encodedLength()
          + 3;
    }

    @Override
    public void writeTo(ByteBuffer out) {
      WireText.requireRoom(out, encodedLength());
      out.put(START);
      if (reversePath != null) {
        reversePath.writeTo(out);
      }
      out.put((byte) '>');
      parameters.writeTo(out);
      WireText.putCrLf(out);
    }

    @Override
    public boolean endsGroup() {
      return false;
    }

    @Override
    public String toString() {
      return "MAIL FROM:<" + (reversePath == null ? "" : reversePath) + ">" + parameters;
    }
  }

  /** RFC 5321 §4.1.1.3. */
  record Rcpt(MailAddress forwardPath, RcptParameters parameters) implements SmtpCommand {

    private static final byte[] START = "RCPT TO:<".getBytes(StandardCharsets.US_ASCII);

    public Rcpt {
      Objects.requireNonNull(forwardPath, "forwardPath");
      PathCommand.requireLegal(forwardPath, parameters.encodedLength(), "RCPT");
    }

    public Rcpt(MailAddress forwardPath) {
      this(forwardPath, RcptParameters.NONE);
    }

    @Override
    public String verb() {
      return "RCPT";
    }

    @Override
    public int encodedLength() {
      return START.length + forwardPath.encodedLength() + parameters.encodedLength() + 3;
    }

    @Override
    public void writeTo(ByteBuffer out) {
      WireText.requireRoom(out, encodedLength());
      out.put(START);
      forwardPath.writeTo(out);
      out.put((byte) '>');
      parameters.writeTo(out);
      WireText.putCrLf(out);
    }

    @Override
    public boolean endsGroup() {
      return false;
    }

    @Override
    public String toString() {
      return "RCPT TO:<" + forwardPath + ">" + parameters;
    }
  }

  /** RFC 5321 §4.1.1.4. */
  record Data() implements TextCommand {
    @Override
    public String verb() {
      return "DATA";
    }

    @Override
    public String toString() {
      return verb();
    }
  }

  /**
   * RFC 3030 §2.
   *
   * @param size octets of content that follow the line, zero or more
   * @param last whether they are the last of the message
   */
  record Bdat(long size, boolean last) implements SmtpCommand {

    private static final byte[] START = "BDAT ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = " LAST\r\n".getBytes(StandardCharsets.US_ASCII);

    public Bdat {
      if (size < 0) {
        throw new SmtpSyntaxException("BDAT with a negative size: " + size);
      }
    }

    @Override
    public String verb() {
      return "BDAT";
    }

    @Override
    public int encodedLength() {
      return START.length + WireText.decimalLength(size) + end().length;
    }

    @Override
    public void writeTo(ByteBuffer out) {
      WireText.requireRoom(out, encodedLength());
      WireText.putDecimal(out.put(START), size);
      out.put(end());
    }

    private byte[] end() {
      return last ? LAST : END;
    }

    @Override
    public boolean endsGroup() {
      return last;
    }

    @Override
    public String toString() {
      return "BDAT " + size + (last ? " LAST" : "");
    }
  }

  /** RFC 5321 §4.1.1.5. */
  record Rset() implements TextCommand {
    @Override
    public String verb() {
      return "RSET";
    }

    @Override
    public boolean endsGroup() {
      return false;
    }

    @Override
    public String toString() {
      return verb();
    }
  }

  /** RFC 5321 §4.1.1.9. The argument has no effect; null for none. */
  record Noop(@Nullable String argument) implements TextCommand {
    public Noop {
      if (argument != null) {
        TextCommand.requireText("NOOP", argument);
      }
    }

    @Override
    public String verb() {
      return "NOOP";
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** RFC 5321 §4.1.1.10. */
  record Quit() implements TextCommand {
    @Override
    public String verb() {
      return "QUIT";
    }

    @Override
    public String toString() {
      return verb();
    }
  }

  /** RFC 5321 §4.1.1.6. A user name or mailbox, and what extensions put after it. */
  record Vrfy(String argument) implements TextCommand {
    public Vrfy {
      TextCommand.requireText("VRFY", argument);
    }

    @Override
    public String verb() {
      return "VRFY";
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** RFC 5321 §4.1.1.7. A list's name, and what extensions put after it. */
  record Expn(String argument) implements TextCommand {
    public Expn {
      TextCommand.requireText("EXPN", argument);
    }

    @Override
    public String verb() {
      return "EXPN";
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** RFC 5321 §4.1.1.8. The argument says about what, usually a verb; null for none. */
  record Help(@Nullable String argument) implements TextCommand {
    public Help {
      if (argument != null) {
        TextCommand.requireText("HELP", argument);
      }
    }

    @Override
    public String verb() {
      return "HELP";
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }

  /** RFC 3207 §4. */
  record StartTls() implements TextCommand {
    @Override
    public String verb() {
      return "STARTTLS";
    }

    @Override
    public String toString() {
      return verb();
    }
  }

  /**
   * RFC 4954 §4.
   *
   * @param mechanism upper-case SASL name, 1 to 20 letters, digits, hyphens, underscores (RFC 4422)
   * @param initialResponse base64, {@code =} for an empty one, null for none
   */
  record Auth(String mechanism, @Nullable String initialResponse) implements SmtpCommand {

    public Auth {
      SaslSyntax.requireMechanism(mechanism);
      if (initialResponse != null) {
        SaslSyntax.requireInitialResponse(initialResponse);
      }
      if (length(mechanism, initialResponse) > CodecLimits.EXTENDED_COMMAND_LINE) {
        throw new SmtpSyntaxException(
            "AUTH line longer than " + CodecLimits.EXTENDED_COMMAND_LINE + " octets");
      }
    }

    @Override
    public String verb() {
      return "AUTH";
    }

    @Override
    public int encodedLength() {
      return length(mechanism, initialResponse);
    }

    private static int length(String mechanism, @Nullable String initialResponse) {
      return 7 + mechanism.length() + (initialResponse == null ? 0 : 1 + initialResponse.length());
    }

    @Override
    public void writeTo(ByteBuffer out) {
      WireText.requireRoom(out, encodedLength());
      WireText.putUtf8(out, "AUTH ");
      WireText.putUtf8(out, mechanism);
      if (initialResponse != null) {
        WireText.putUtf8(out.put((byte) ' '), initialResponse);
      }
      WireText.putCrLf(out);
    }

    @Override
    public boolean endsGroup() {
      return true;
    }

    /** The command with {@code ***} for the initial response, which is or holds a secret. */
    @Override
    public String toString() {
      return "AUTH " + mechanism + (initialResponse == null ? "" : " ***");
    }
  }

  /** RFC 1985 §5. The node whose queue to start, {@code @} before it for its subdomains too. */
  record Etrn(String argument) implements TextCommand {
    public Etrn {
      TextCommand.requireToken("ETRN", argument);
    }

    @Override
    public String verb() {
      return "ETRN";
    }

    @Override
    public String toString() {
      return TextCommand.text(this);
    }
  }
}
