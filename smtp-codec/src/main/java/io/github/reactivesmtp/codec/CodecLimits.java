package io.github.reactivesmtp.codec;

/** Sizes that SMTP fixes, in octets unless said otherwise. */
public final class CodecLimits {

  /**
   * A command line with its CRLF, without what extensions add (RFC 5321 §4.5.3.1.4). Commands that
   * take no extension parameters are never longer.
   */
  public static final int COMMAND_LINE = 512;

  /**
   * The longest command line there is, with its CRLF: what RFC 4954 §4 asks of an AUTH line. MAIL
   * and RCPT with all their parameters stay below it, too.
   */
  public static final int EXTENDED_COMMAND_LINE = 12_288;

  /**
   * A local part. RFC 5321 §4.5.3.1.1 obliges receivers to take 64 octets and lets them take more;
   * senders with variable envelope return paths do go beyond, so this is where this library stops.
   */
  public static final int LOCAL_PART = 255;

  /** A domain name or address literal (RFC 5321 §4.5.3.1.2). */
  public static final int DOMAIN = 255;

  /** One label of a domain name, in characters (RFC 1035 §2.3.4). */
  public static final int DOMAIN_LABEL = 63;

  /** A reply line with its code and CRLF (RFC 5321 §4.5.3.1.5). */
  public static final int REPLY_LINE = 512;

  /**
   * A line of content with its CRLF, without a stuffed dot (RFC 5321 §4.5.3.1.6). BINARYMIME has no
   * such limit (RFC 3030 §3).
   */
  public static final int TEXT_LINE = 1000;

  /** Recipients of one message that every server must take, a count (RFC 5321 §4.5.3.1.8). */
  public static final int RECIPIENTS = 100;

  /** The encoded value of ENVID (RFC 3461 §4). */
  public static final int ENVID = 100;

  /** The encoded value of ORCPT with its address type (RFC 3461 §4). */
  public static final int ORCPT = 500;

  private CodecLimits() {}
}
